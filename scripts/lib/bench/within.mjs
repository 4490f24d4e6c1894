// @ts-check
import { Fault } from '../fault.mjs'

/**
 * The promise, or words about what did not come in time. It may be awaited late: failing before does not end the process.
 * @template T @param {Promise<T>} promise @param {string} what @param {number} [ms] @returns {Promise<T>}
 */
export function within(promise, what, ms = 10_000) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  /** @type {Promise<never>} */
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Fault(`${what} did not happen within ${ms / 1000} s.`)), ms)
  })
  const inTime = Promise.race([promise, late]).finally(() => clearTimeout(timer))
  inTime.catch(() => undefined)
  return inTime
}

/** A pause of no fixed length, so that no series runs in step with a clock of the system's. @param {number} ms at least; at most twice that */
export function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms * (1 + Math.random())))
}
