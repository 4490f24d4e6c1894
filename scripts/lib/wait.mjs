// @ts-check
import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from './fault.mjs'

/**
 * Asks again and again until the answer is `''`. Any other answer is the reason why not yet, and what the failure says.
 * @param {() => Promise<string> | string} whyNot
 * @param {{ what: string, timeoutMs: number, everyMs?: number }} options
 */
export async function waitUntil(whyNot, { what, timeoutMs, everyMs = 50 }) {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const reason = await whyNot()
    if (reason === '') return
    if (Date.now() >= deadline)
      throw new Fault(`${what} did not happen within ${timeoutMs / 1000} s: ${reason}.`)
    await sleep(everyMs)
  }
}
