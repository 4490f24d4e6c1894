// @ts-check
import { Fault } from '../fault.mjs'
import { onceAskedToEnd } from '../processes.mjs'
import { ensureChromium } from '../test/chromium.mjs'
import { answer } from './answer.mjs'
import { launch } from './browser.mjs'
import { classic } from './classic.mjs'
import { floor } from './floor.mjs'
import { loadNow, machineOf } from './machine.mjs'
import { ring } from './ring.mjs'
import { joined } from './series.mjs'
import { startBenchStack } from './stack.mjs'

/** @typedef {import('./series.mjs').Setting} Setting */
/** @typedef {import('./series.mjs').Series} Series */
/** @typedef {{ startedAt: string, machine: import('./machine.mjs').Machine & { loadAfter: number[] }, calls: number, benches: Record<string, Series> }} Results */

const ROUND = 10

/** @type {Record<string, (setting: Setting) => Promise<Series>>} */
export const BENCHES = { ring, answer, classic, floor }

/**
 * Runs the named benches on one stack and in one browser.
 * @param {{ root: string, names: string[], calls: number, log: (line: string) => void }} options @returns {Promise<Results>}
 */
export async function runBenches({ root, names, calls, log }) {
  const startedAt = new Date().toISOString()
  const chromiumPath = await ensureChromium({ root, log })
  const stack = await startBenchStack(root, log)
  /** @type {import('./browser.mjs').Browser | undefined} */
  let browser
  const end = async () => {
    await browser?.close()
    await stack.stop()
  }
  let asked = false
  onceAskedToEnd(() => {
    asked = true
    void end().finally(() => process.exit(1))
  })
  try {
    browser = await launch(chromiumPath)
    const machine = await machineOf(stack, browser)
    const benches = await inRounds({ browser, stack, calls }, names, log)
    return { startedAt, machine: { ...machine, loadAfter: loadNow() }, calls, benches }
  } finally {
    await end()
    // The process is about to end; what broke off because of that is no news.
    if (asked) await new Promise(() => undefined)
  }
}

/** @param {string} name @param {Setting} setting @returns {Promise<Series>} */
async function run(name, setting) {
  const bench = BENCHES[name]
  if (!bench) throw new Fault(`There is no bench named ${name}.`)
  try {
    return await bench(setting)
  } catch (error) {
    if (setting.stack.isOver()) throw new Fault(`The stack was stopped during the bench ${name}.`, '', error)
    const words = error instanceof Error ? error.message : String(error)
    const { runtimeDir } = setting.stack
    const logs = ['log/backend.log', 'asterisk/log/messages', 'carrier/log/messages'].map(
      (log) => `${runtimeDir}/${log}`,
    )
    throw new Fault(`The bench ${name} failed: ${words}`, `More may stand in ${logs.join(', ')}.`, error)
  }
}

/**
 * Bench after bench, ten calls each, and again: what else goes on on the machine meanwhile meets all of them alike.
 * @param {Setting} setting @param {string[]} names @param {(line: string) => void} log
 */
async function inRounds({ calls, ...setting }, names, log) {
  /** @type {Record<string, Series>} */
  const benches = {}
  for (let done = 0; done < calls; done += ROUND) {
    const share = Math.min(ROUND, calls - done)
    for (const name of names) {
      const series = await run(name, { ...setting, calls: share })
      benches[name] = joined(benches[name] ?? {}, series)
      log(`${name}: ${done + share} of ${calls} calls`)
    }
  }
  return benches
}
