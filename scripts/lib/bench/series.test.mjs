// @ts-check
import { expect, test } from 'vitest'
import { callByCall, joined } from './series.mjs'

test('what could not be measured is missing, not zero', async () => {
  const setting = /** @type {import('./series.mjs').Setting} */ ({ calls: 3 })
  const series = await callByCall(setting, (call) =>
    Promise.resolve({ a: call, b: call === 1 ? undefined : 10 * call }),
  )
  expect(series).toEqual({ a: [0, 1, 2], b: [0, 20] })
})

test('rounds are joined in their order', () => {
  expect(joined({}, { a: [1] })).toEqual({ a: [1] })
  expect(joined({ a: [1], b: [2] }, { a: [3], c: [4] })).toEqual({ a: [1, 3], b: [2], c: [4] })
})
