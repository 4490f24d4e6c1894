// @ts-check
import { readFile } from 'node:fs/promises'

/** @typedef {{ passed: number, failed: number }} Counts */

/**
 * What a stage's report says. A stage that failed without a failed test (it could not even begin) counts as one failure.
 * @param {{ report: string | undefined, code: number | null }} stage @returns {Promise<Counts>}
 */
export async function countsOf({ report, code }) {
  const whole = code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
  if (!report) return whole
  const text = await readFile(report, 'utf8').catch(() => '')
  if (!text) return { passed: 0, failed: 1 }
  const counts = countsInReport(JSON.parse(text))
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

/** Vitest's JSON report and Playwright's. @param {any} report @returns {Counts} */
export function countsInReport({ numPassedTests, numFailedTests, numFailedTestSuites = 0, success, stats }) {
  if (stats) return { passed: stats.expected + stats.flaky, failed: stats.unexpected }
  // A file that cannot be loaded fails as a suite, with no test in it.
  const failed = numFailedTests || (success ? 0 : numFailedTestSuites)
  return { passed: numPassedTests, failed }
}
