// @ts-check
/**
 * @typedef {object} Setting
 * @property {import('./browser.mjs').Browser} browser
 * @property {import('./stack.mjs').BenchStack} stack
 * @property {number} calls                       How many calls a series has.
 *
 * The values of one bench by what they are, in ms.
 * @typedef {Record<string, number[]>} Series
 */

/**
 * One call after the other, each giving its values; one that could not be measured is missing, which the count tells.
 * @param {Setting} setting @param {(call: number) => Promise<Record<string, number | undefined>>} once @returns {Promise<Series>}
 */
export async function callByCall({ calls }, once) {
  /** @type {Series} */
  const series = {}
  for (let call = 0; call < calls; call++) {
    for (const [what, ms] of Object.entries(await once(call))) {
      const values = (series[what] ??= [])
      if (ms !== undefined) values.push(ms)
    }
  }
  return series
}

/** @param {Series} first @param {Series} then @returns {Series} */
export function joined(first, then) {
  const names = new Set([...Object.keys(first), ...Object.keys(then)])
  return Object.fromEntries([...names].map((name) => [name, [...(first[name] ?? []), ...(then[name] ?? [])]]))
}
