// @ts-check
import { expect, test } from 'vitest'
import { rowsOf, tableOf } from './report.mjs'

test('a line for every series, numbers under their heads', () => {
  const rows = rowsOf({ ring: { short: [5, 7.4, 6] }, answer: { 'rather long': [120] } })
  expect(tableOf(rows).split('\n')).toEqual([
    'bench   what         n  p50  p95  max',
    'ring    short        3    6    7    7',
    'answer  rather long  1  120  120  120',
  ])
})
