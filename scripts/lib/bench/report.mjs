// @ts-check
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { summarize } from './statistics.mjs'

/** @typedef {import('./run.mjs').Results} Results */

/** What every series says, one a line. @param {Results['benches']} benches */
export function rowsOf(benches) {
  return Object.entries(benches).flatMap(([bench, series]) =>
    Object.entries(series).map(([what, values]) => ({ bench, what, ...summarize(values) })),
  )
}

/** A table for a person; ms. @param {ReturnType<typeof rowsOf>} rows */
export function tableOf(rows) {
  const head = ['bench', 'what', 'n', 'p50', 'p95', 'max']
  const lines = rows.map(({ bench, what, n, ...times }) => [
    bench,
    what,
    String(n),
    ...[times.p50, times.p95, times.max].map((ms) => ms.toFixed(0)),
  ])
  const widths = head.map((_, column) =>
    Math.max(...[head, ...lines].map((line) => line[column]?.length ?? 0)),
  )
  const inLine = (/** @type {string[]} */ cells) =>
    cells
      .map((cell, at) => (at < 2 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
  return [head, ...lines].map(inLine).join('\n')
}

/** Every single value, for whoever wants to compare. @param {string} dir @param {{ startedAt: string }} results @returns {Promise<string>} */
export async function writeResults(dir, results) {
  await mkdir(dir, { recursive: true })
  const file = join(dir, `${results.startedAt.replaceAll(':', '-').slice(0, 19)}.json`)
  await writeFile(file, `${JSON.stringify(results, toTenths, 2)}\n`)
  return file
}

/** The clocks give no more than that. @param {string} _key @param {unknown} value */
function toTenths(_key, value) {
  return typeof value === 'number' ? Math.round(value * 10) / 10 : value
}
