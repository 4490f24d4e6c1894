// @ts-check
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Fault, runCommand } from './lib/fault.mjs'
import { withLock } from './lib/runtime/lock.mjs'
import { assertNode, ensurePackages } from './lib/start/npm-packages.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')
const USAGE = 'npm run bench -- [ring] [answer] [classic] [floor] [--calls 30]'
const log = (/** @type {string} */ line) => console.log(line)

await runCommand(bench)

/** `npm run bench`: latencies on a stack of its own, beside what one would use instead (docs/benchmarks.md). */
async function bench() {
  assertNode()
  await withLock(join(ROOT, '.runtime/prepare.lock'), () => ensurePackages(ROOT, log))
  // These need the packages.
  const { BENCHES, runBenches } = await import('./lib/bench/run.mjs')
  const { rowsOf, tableOf, writeResults } = await import('./lib/bench/report.mjs')
  const { names, calls } = readOptions(Object.keys(BENCHES))
  const results = await runBenches({ root: ROOT, names, calls, log })
  log(`\n${tableOf(rowsOf(results.benches))}\n\nms; percentiles by nearest rank`)
  const file = await writeResults(join(ROOT, '.runtime/bench/results'), results)
  log(`Every value: ${relative(process.cwd(), file)}`)
}

/** @param {string[]} known */
function readOptions(known) {
  try {
    const { values, positionals } = parseArgs({
      options: { calls: { type: 'string' } },
      allowPositionals: true,
    })
    const calls = Number(values.calls ?? 30)
    if (!Number.isInteger(calls) || calls < 1) throw new Error('--calls wants a number of calls')
    const unknown = positionals.find((name) => !known.includes(name))
    if (unknown) throw new Error(`There is no bench named ${unknown}.`)
    return { names: positionals.length > 0 ? positionals : known, calls }
  } catch (error) {
    throw new Fault(error instanceof Error ? error.message : String(error), USAGE, error)
  }
}
