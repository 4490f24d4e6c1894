// @ts-check
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { countsInReport, countsOf } from './counts.mjs'

const folder = mkdtempSync(join(tmpdir(), 'tsunagu-counts-'))

/** @param {object} content */
function reportOf(content) {
  const report = join(folder, `${Math.random()}.json`)
  writeFileSync(report, JSON.stringify(content))
  return report
}

test('the tests of a Vitest report', () => {
  expect(countsInReport({ numPassedTests: 12, numFailedTests: 2, success: false })).toEqual({
    passed: 12,
    failed: 2,
  })
})

test('a Vitest file that cannot be loaded is a failure, too', () => {
  const report = { numPassedTests: 12, numFailedTests: 0, numFailedTestSuites: 1, success: false }
  expect(countsInReport(report)).toEqual({ passed: 12, failed: 1 })
})

test('the tests of a Playwright report', () => {
  const stats = { expected: 7, unexpected: 1, flaky: 1, skipped: 3 }
  expect(countsInReport({ stats })).toEqual({ passed: 8, failed: 1 })
})

test('a stage without a report counts as one', async () => {
  expect(await countsOf({ report: undefined, code: 0 })).toEqual({ passed: 1, failed: 0 })
  expect(await countsOf({ report: undefined, code: 2 })).toEqual({ passed: 0, failed: 1 })
})

test('a stage that ended badly never counts as all good', async () => {
  const report = reportOf({ numPassedTests: 3, numFailedTests: 0, success: true })
  expect(await countsOf({ report, code: 1 })).toEqual({ passed: 3, failed: 1 })
  expect(await countsOf({ report: join(folder, 'never-written.json'), code: 0 })).toEqual({
    passed: 0,
    failed: 1,
  })
})
