// @ts-check
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Fault, runCommand } from './lib/fault.mjs'
import { withLock } from './lib/runtime/lock.mjs'
import { assertNode, ensurePackages } from './lib/start/npm-packages.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')
const USAGE = 'npm run bench -- [ring] [answer] [classic] [floor] [--calls 30] [monitor] [--seconds 30]'
/** Not a series of calls, and on a stack of its own. */
const MONITOR = 'monitor'
const log = (/** @type {string} */ line) => console.log(line)

await runCommand(bench)

/** `npm run bench`: latencies on a stack of its own, beside what one would use instead (docs/benchmarks.md). */
async function bench() {
  assertNode()
  await withLock(join(ROOT, '.runtime/prepare.lock'), () => ensurePackages(ROOT, log))
  // These need the packages.
  const { BENCHES, runBenches } = await import('./lib/bench/run.mjs')
  const { rowsOf, tableOf, writeResults } = await import('./lib/bench/report.mjs')
  const { names, calls, seconds } = readOptions([...Object.keys(BENCHES), MONITOR])
  const latencies = names.filter((name) => name !== MONITOR)
  if (latencies.length > 0) {
    const results = await runBenches({ root: ROOT, names: latencies, calls, log })
    const rows = rowsOf(results.benches)
    log(`\n${tableOf(rows)}\n\nms; percentiles by nearest rank`)
    await write({ ...results, rows })
  }
  if (!names.includes(MONITOR)) return
  const { monitorTable, runMonitor } = await import('./lib/bench/monitor/monitor.mjs')
  const results = await runMonitor({ root: ROOT, seconds, log })
  log(`\n${monitorTable(results.sizes)}\n`)
  await write(results)

  async function write(/** @type {{ startedAt: string, rows?: unknown }} */ all) {
    const file = await writeResults(join(ROOT, '.runtime/bench/results'), all)
    log(`Every value: ${relative(process.cwd(), file)}`)
  }
}

/** @param {string[]} known */
function readOptions(known) {
  try {
    const { values, positionals } = parseArgs({
      options: { calls: { type: 'string' }, seconds: { type: 'string' } },
      allowPositionals: true,
    })
    const calls = Number(values.calls ?? 30)
    if (!Number.isInteger(calls) || calls < 1) throw new Error('--calls wants a number of calls')
    const seconds = Number(values.seconds ?? 30)
    if (!Number.isInteger(seconds) || seconds < 1) throw new Error('--seconds wants a number of seconds')
    const unknown = positionals.find((name) => !known.includes(name))
    if (unknown) throw new Error(`There is no bench named ${unknown}.`)
    return { names: positionals.length > 0 ? positionals : known, calls, seconds }
  } catch (error) {
    throw new Fault(error instanceof Error ? error.message : String(error), USAGE, error)
  }
}
