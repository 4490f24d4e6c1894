// @ts-check
/**
 * What one series of a bench says, in ms. Percentiles are by nearest rank: always a value that was measured.
 * @typedef {{ n: number, p50: number, p95: number, max: number }} Summary
 */

/** @param {number[]} values @param {number} percent */
export function percentile(values, percent) {
  if (values.length === 0) return NaN
  const sorted = [...values].sort((a, b) => a - b)
  const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length))
  return /** @type {number} */ (sorted[rank - 1])
}

/** @param {number[]} values @returns {Summary} */
export function summarize(values) {
  return {
    n: values.length,
    p50: percentile(values, 50),
    p95: percentile(values, 95),
    max: percentile(values, 100),
  }
}
