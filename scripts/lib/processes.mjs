// @ts-check
import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { codeOf } from './fault.mjs'

/** The processes of ours that run now. @type {Set<number>} */
const running = new Set()

// A script or test run that dies half-way must not leave an Asterisk behind.
process.on('exit', () => {
  for (const pid of running) signalGroup(pid, 'SIGKILL')
})

/**
 * Starts a process in a group of its own, so that Ctrl-C reaches only us and we stop the others in order, with all they started.
 * @param {string} command @param {string[]} args
 * @param {Pick<import('node:child_process').SpawnOptions, 'cwd' | 'env' | 'stdio'>} options
 */
export function spawnOwned(command, args, options) {
  const child = spawn(command, args, { ...options, detached: true })
  const { pid } = child
  if (pid !== undefined) {
    running.add(pid)
    child.once('exit', () => running.delete(pid))
  }
  return child
}

/** Nothing happens to a process that is gone, or was never ours. @param {number} pid @param {NodeJS.Signals} signal */
export function signalGroup(pid, signal) {
  if (!running.has(pid)) return
  try {
    process.kill(-pid, signal)
  } catch (error) {
    // It ended between the check and the signal.
    if (codeOf(error) !== 'ESRCH') throw error
  }
}

/** Asks all of ours to end and gives them time to: they may have others to stop. @param {number} [withinMs] */
export async function endAll(withinMs = 15_000) {
  for (const pid of running) signalGroup(pid, 'SIGTERM')
  const deadline = Date.now() + withinMs
  while (running.size > 0 && Date.now() < deadline) await sleep(50)
}

/**
 * Calls back when we are asked to end: Ctrl-C, SIGTERM, a closed terminal. Asked twice, everything ends at once.
 * @param {() => void} end
 */
export function onceAskedToEnd(end) {
  let asked = false
  const ask = () => {
    // Whatever still runs when this process exits is killed with it.
    if (asked) process.exit(1)
    asked = true
    end()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, ask)
  // npm passes a SIGTERM on only to the shell between itself and us: that this shell is gone is all that we get to see.
  if (!process.env['npm_lifecycle_event']) return
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    if (!asked) ask()
  }, 200).unref()
}
