// @ts-check
import { once } from 'node:events'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Fault } from '../fault.mjs'
import { signalGroup, spawnOwned } from '../processes.mjs'
import { waitUntil } from '../wait.mjs'

/**
 * A process of the stack: Asterisk, Valkey, the carrier, the backend.
 * @typedef {object} Part
 * @property {string} name
 * @property {number} pid
 * @property {Promise<{ code: number | null, signal: NodeJS.Signals | null }>} exited
 * @property {() => Promise<void>} stop  Asks, waits, and at last insists. Resolves when the process is gone.
 *
 * @typedef {object} Launch
 * @property {string} name
 * @property {string} dir        Where it writes.
 * @property {string} [cwd]        Where it runs, if not there.
 * @property {string} command
 * @property {string[]} args
 * @property {NodeJS.ProcessEnv} [env]
 * @property {(line: string) => void} [onLine]    Takes its output, which else goes to `dir/output.log`.
 * @property {() => Promise<string>} whyNotReady  `''` once it serves, else the reason.
 */

const START_MS = 30_000
const STOP_MS = 8_000

/**
 * Starts a process and resolves once it serves; if it does not come up, it is stopped and its last words are told.
 * @param {Launch} launch @returns {Promise<Part>}
 */
export async function startPart(launch) {
  const part = await spawnPart(launch)
  let gone = false
  void part.exited.then(() => (gone = true))
  const whyNot = () => {
    if (gone) throw new Fault(`${launch.name} ended while starting.`)
    return launch.whyNotReady()
  }
  try {
    await waitUntil(whyNot, { what: `The start of ${launch.name}`, timeoutMs: START_MS })
    return part
  } catch (error) {
    await part.stop()
    const words = error instanceof Error ? error.message : String(error)
    throw new Fault(words, lastWords(launch.dir), error)
  }
}

/** @param {Launch} launch @returns {Promise<Part>} */
async function spawnPart({ name, dir, cwd = dir, command, args, env, onLine }) {
  mkdirSync(dir, { recursive: true })
  const output = onLine ? 'pipe' : openSync(join(dir, 'output.log'), 'a', 0o600)
  // The mark by which a later start recognises it, should ours be killed (start/leftovers.mjs).
  const marked = { ...process.env, ...env, TSUNAGU_PART: dir }
  const child = spawnOwned(command, args, { cwd, stdio: ['ignore', output, output], env: marked })
  for (const stream of [child.stdout, child.stderr]) {
    if (stream && onLine) createInterface({ input: stream }).on('line', onLine)
  }
  /** @type {Part['exited']} */
  const exited = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })))
  try {
    await once(child, 'spawn')
  } catch (error) {
    throw new Fault(`${name} cannot be started (${command}).`, String(error), error)
  } finally {
    if (typeof output === 'number') closeSync(output)
  }
  const pid = /** @type {number} */ (child.pid)
  return { name, pid, exited, stop: () => stopGroup(pid, exited) }
}

/** @param {number} pid @param {Promise<unknown>} exited */
async function stopGroup(pid, exited) {
  signalGroup(pid, 'SIGTERM')
  const insist = setTimeout(() => signalGroup(pid, 'SIGKILL'), STOP_MS)
  await exited
  clearTimeout(insist)
}

/** What it wrote last, to its output and to the log of its own. @param {string} dir */
function lastWords(dir) {
  const files = ['output.log', 'log/messages', 'valkey.log']
    .map((name) => join(dir, name))
    .filter((path) => existsSync(path))
  const lines = files
    .flatMap((path) => readFileSync(path, 'utf8').trim().split('\n').slice(-6))
    .filter(Boolean)
  return lines.length > 0 ? `Its last lines, from ${files.join(' and ')}:\n  ${lines.join('\n  ')}` : ''
}
