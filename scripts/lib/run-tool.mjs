// @ts-check
import { createInterface } from 'node:readline'
import { Fault } from './fault.mjs'
import { spawnOwned } from './processes.mjs'

/**
 * Runs a program to its end and returns what it wrote; a failure is told with the program's own last words.
 * @param {string} command @param {string[]} args
 * @param {{ what: string, advice?: string, onLine?: ((line: string) => void) | undefined }} options @returns {Promise<string>}
 */
export async function runTool(command, args, { what, advice, onLine }) {
  const child = spawnOwned(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C' },
  })
  /** @type {string[]} */ const out = []
  /** @type {string[]} */ const complaints = []
  const read = (
    /** @type {import('node:stream').Readable | null} */ stream,
    /** @type {(line: string) => void} */ take,
  ) => {
    if (stream) createInterface({ input: stream }).on('line', take)
  }
  read(child.stdout, (line) => {
    out.push(line)
    onLine?.(line)
  })
  read(child.stderr, (line) => complaints.push(line))
  const code = await endOf(child)
  if (code === 0) return out.join('\n')
  const words = complaints
    .filter((line) => !line.startsWith('W:'))
    .slice(-4)
    .join('\n  ')
  const full = /No space left/i.test(words) ? 'The disk is full: free some space and try again.' : advice
  throw new Fault(`${what} failed (exit code ${code}):\n  ${words}`, full)
}

/**
 * Runs a program to its end with its output shown.
 * @param {string} command @param {string[]} args @param {{ cwd: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<number | null>} its exit code
 */
export function runShown(command, args, { cwd, env }) {
  return endOf(
    spawnOwned(command, args, {
      cwd,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    }),
  )
}

/** @param {import('node:child_process').ChildProcess} child @returns {Promise<number | null>} */
function endOf(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
}
