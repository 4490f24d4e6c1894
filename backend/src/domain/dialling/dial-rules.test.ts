import { expect, test } from 'vitest'
import { DEFAULT_DIAL_RULES, routeOf } from './dial-rules.js'

const ROUTES: [number: string, leadsTo: string][] = [
  ['110', 'emergency'],
  ['118', 'emergency'],
  ['119', 'emergency'],
  ['184110', 'emergency'],
  ['6321', 'extension'],
  ['117', 'outside'],
  ['#7119', 'outside'],
  ['0312345678', 'outside'],
  ['09011111111', 'outside'],
  ['0120123456', 'outside'],
  ['18609011111111', 'outside'],
  ['+81312345678', 'outside'],
  ['01081312345678', 'outside'],
  // By way of the country code the same numbers are barred as without it.
  ['01081990123456', 'number-not-allowed'],
  ['010810990123456', 'number-not-allowed'],
  ['18401081990123456', 'number-not-allowed'],
  ['0108100330312345', 'number-not-allowed'],
  ['0990123456', 'number-not-allowed'],
  ['1840990123456', 'number-not-allowed'],
  ['00330312345678', 'number-not-allowed'],
  ['+12125550100', 'number-not-allowed'],
  ['01012125550100', 'number-not-allowed'],
  ['0', 'no-such-number'],
  ['12', 'no-such-number'],
  ['63211', 'no-such-number'],
  ['031234567', 'no-such-number'],
  ['090111111112', 'no-such-number'],
  ['*123', 'no-such-number'],
  ['0100123456', 'no-such-number'],
  ['01001234567', 'no-such-number'],
  ['+', 'no-such-number'],
]

test.each(ROUTES)('%s: %s', (number, leadsTo) => {
  const route = routeOf(number, DEFAULT_DIAL_RULES)
  expect(route.kind === 'refused' ? route.code : route.kind).toBe(leadsTo)
})

test('a site may open countries and bar more', () => {
  const rules = { ...DEFAULT_DIAL_RULES, countries: ['81', '1'], barred: ['0990', '0570'] }
  expect(routeOf('+12125550100', rules).kind).toBe('outside')
  expect(routeOf('01012125550100', rules).kind).toBe('outside')
  expect(routeOf('+442071838750', rules).kind).toBe('refused')
  expect(routeOf('0570000000', rules).kind).toBe('refused')
})
