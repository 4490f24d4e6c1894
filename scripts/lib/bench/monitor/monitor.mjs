// @ts-check
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { onceAskedToEnd } from '../../processes.mjs'
import { withLock } from '../../runtime/lock.mjs'
import { ensureBuild } from '../../start/build.mjs'
import { loadNow, hostOf } from '../machine.mjs'
import { startBenchStack } from '../stack.mjs'
import { percentile } from '../statistics.mjs'
import { CpuWatch, loopDelayOf, memoryOf } from './cpu.mjs'
import { openMonitor, runLoad } from './load.mjs'
import { logIn, Page } from './page.mjs'
import { seedPeople } from './seed.mjs'

/** @typedef {Awaited<ReturnType<typeof measure>>} Size */

const MONITORS = 200
const PER_SECOND = 50
/** The same load on a small site and on a large one: what a monitor costs must not grow with it. */
const SITES = [100, 1000]
const SNAPSHOTS = 20
/** Logins and first snapshots are over, and their garbage is collected. */
const SETTLE_MS = 5_000

/**
 * The supervisors' board under load (docs/benchmarks.md). @param {{ root: string, seconds: number, log: (line: string) => void }} options
 */
export async function runMonitor({ root, seconds, log }) {
  const startedAt = new Date().toISOString()
  await withLock(join(root, '.runtime/prepare.lock'), () => ensureBuild(root, log))
  const most = Math.max(...SITES)
  /** @type {import('./seed.mjs').People} */
  let people = { operators: [], supervisors: [] }
  const stack = await startBenchStack(root, log, async (runtimeDir) => {
    people = await seedPeople({ root, runtimeDir, operators: most, supervisors: MONITORS })
  })
  onceAskedToEnd(() => void stack.stop().finally(() => process.exit(1)))
  try {
    const machine = { ...hostOf(), loadBefore: loadNow() }
    const cookies = await logInAll(stack.url, people.supervisors)
    /** @type {import('./load.mjs').Operator[]} */
    const operators = []
    /** @type {Size[]} */
    const sizes = []
    for (const size of SITES) {
      operators.push(...(await arrive(stack.url, people.operators.slice(operators.length, size))))
      log(`monitor: ${size} operators are logged in`)
      sizes.push(await measure({ stack, cookies, operators, seconds }))
    }
    for (const { page } of operators) page.close()
    return {
      startedAt,
      machine: { ...machine, loadAfter: loadNow() },
      monitors: MONITORS,
      perSecond: PER_SECOND,
      sizes,
    }
  } finally {
    await stack.stop()
  }
}

/** @param {string} url @param {import('./seed.mjs').Person[]} people */
async function logInAll(url, people) {
  /** @type {string[]} */
  const cookies = []
  for (const person of people) cookies.push(await logIn(url, person))
  return cookies
}

/** Logged in, with a page, as they come to work. @param {string} url @param {import('./seed.mjs').Person[]} people */
async function arrive(url, people) {
  /** @type {import('./load.mjs').Operator[]} */
  const operators = []
  for (const person of people) {
    const page = new Page(url, await logIn(url, person))
    await page.opened
    operators.push({ id: person.id, page, kind: 'preparing' })
  }
  return operators
}

/**
 * @param {{ stack: import('../stack.mjs').BenchStack, cookies: string[], operators: import('./load.mjs').Operator[], seconds: number }} options
 */
async function measure({ stack, cookies, operators, seconds }) {
  const monitors = []
  for (const cookie of cookies) monitors.push(await openMonitor(stack.url, cookie))
  await sleep(SETTLE_MS)
  const cpu = await CpuWatch.of(stack.runtimeDir)
  await loopDelayOf(stack.url)
  await cpu.start()
  const load = await runLoad({ operators, monitors, perSecond: PER_SECOND, seconds })
  const used = await cpu.stop()
  const backendDelayMs = await loopDelayOf(stack.url)
  const snapshots = await takeSnapshots(stack.url, cookies[0] ?? '')
  for (const { page } of monitors) page.close()
  const { onOne, onAll, ...rest } = load
  const at = (/** @type {number[]} */ values) => ({
    p50: percentile(values, 50),
    p95: percentile(values, 95),
    p99: percentile(values, 99),
    max: percentile(values, 100),
  })
  const memoryMb = await memoryOf(cpu.pids.get('backend') ?? 0)
  return {
    operators: operators.length,
    ms: at(onOne),
    slowestMs: at(onAll),
    cpu: used,
    backendDelayMs,
    memoryMb,
    ...rest,
    ...snapshots,
  }
}

/** One after the other, on a system at rest. @param {string} url @param {string} cookie */
async function takeSnapshots(url, cookie) {
  const times = []
  let bytes = 0
  for (let i = 0; i < SNAPSHOTS; i++) {
    const { page, snapshotMs, snapshotBytes } = await openMonitor(url, cookie)
    page.close()
    times.push(snapshotMs)
    bytes = snapshotBytes
  }
  return { snapshotMs: percentile(times, 50), snapshotBytes: bytes }
}

/** For a person: a column for each size of site. @param {Size[]} sizes */
export function monitorTable(sizes) {
  const rows = /** @type {[string, (size: Size) => string][]} */ ([
    ['operators', ({ operators }) => String(operators)],
    ['change to applied on a monitor, p50 ms', ({ ms }) => ms.p50.toFixed(0)],
    ['                                p95 ms', ({ ms }) => ms.p95.toFixed(0)],
    ['                                p99 ms', ({ ms }) => ms.p99.toFixed(0)],
    ['                                max ms', ({ ms }) => ms.max.toFixed(0)],
    ['backend, % of one core', ({ cpu }) => (cpu['backend'] ?? NaN).toFixed(0)],
    ['Valkey, % of one core', ({ cpu }) => (cpu['valkey'] ?? NaN).toFixed(0)],
    ['load generator, % of one core', ({ cpu }) => (cpu['load'] ?? NaN).toFixed(0)],
    ['load generator, event loop p99 ms', ({ loadDelayMs }) => loadDelayMs.toFixed(0)],
    ['backend, event loop p99 ms', ({ backendDelayMs }) => backendDelayMs.toFixed(0)],
    ['backend, memory MB', ({ memoryMb }) => String(memoryMb)],
    ['messages per monitor and second', ({ messagesPerSecond }) => messagesPerSecond.toFixed(1)],
    ['bytes per monitor and second', ({ bytesPerSecond }) => bytesPerSecond.toFixed(0)],
    ['bytes per monitor and change', ({ bytesPerChange }) => bytesPerChange.toFixed(0)],
    ['snapshot, kB', ({ snapshotBytes }) => (snapshotBytes / 1000).toFixed(0)],
    ['snapshot, p50 ms', ({ snapshotMs }) => snapshotMs.toFixed(0)],
    ['numbers missed', ({ gaps }) => String(gaps)],
  ])
  const widest = Math.max(...rows.map(([name]) => name.length))
  return rows
    .map(([name, of]) => [name.padEnd(widest), ...sizes.map((size) => of(size).padStart(8))].join('  '))
    .join('\n')
}
