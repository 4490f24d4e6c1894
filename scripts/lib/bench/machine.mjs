// @ts-check
import { availableParallelism, loadavg, totalmem, type } from 'node:os'
import { BenchApp } from './pbx.mjs'

/** @typedef {Awaited<ReturnType<typeof machineOf>>} Machine */

/**
 * What was measured on, as it says itself.
 * @param {import('./stack.mjs').BenchStack} stack @param {import('./browser.mjs').Browser} browser
 */
export async function machineOf(stack, browser) {
  const asterisk = new BenchApp(stack.ari, 'bench-info')
  await asterisk.connect()
  const { system } = await asterisk.request('GET', '/asterisk/info')
  asterisk.close()
  return {
    ...hostOf(),
    chromium: browser.version(),
    asterisk: String(system.version),
    loadBefore: loadNow(),
  }
}

export function hostOf() {
  return {
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: type(),
    node: process.versions.node,
  }
}

/** Of the last 1, 5 and 15 minutes: whether the machine was ours alone. */
export function loadNow() {
  return loadavg().map((load) => Number(load.toFixed(2)))
}
