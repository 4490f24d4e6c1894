import { expect, test } from 'vitest'
import { sameChoice } from './status.js'

const training = { kind: 'other-work', work: '研修' } as const

test.each([
  [{ kind: 'lunch' }, { kind: 'lunch' }, true],
  [{ kind: 'lunch' }, { kind: 'ready' }, false],
  [training, { ...training }, true],
  [training, { kind: 'other-work', work: 'その他' }, false],
  [{ kind: 'lunch' }, training, false],
  [{ kind: 'wrap-up' }, { kind: 'ready' }, false],
] as const)('%j and the choice %j: %s', (status, choice, same) => {
  expect(sameChoice(status, choice)).toBe(same)
})
