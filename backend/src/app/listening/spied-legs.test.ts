import type { LegId } from '@tsunagu/contract'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { SpiedLegs } from './spied-legs.js'

const LEG = 'tsunagu-1.0:leg:1' as LegId
const withCaller = { leg: LEG, party: 'tsunagu-1.0' }
const withColleague = { leg: LEG, party: 'tsunagu-1.0:leg:2' }
const alone = { leg: LEG, party: undefined }

let legs: SpiedLegs
beforeEach(() => {
  vi.useFakeTimers()
  legs = new SpiedLegs()
})
afterEach(() => vi.useRealTimers())

/** Whether it is free now, without any time going by. */
async function isFree(post: Parameters<SpiedLegs['free']>[0]): Promise<boolean> {
  let free = false
  void legs.free(post).then(() => (free = true))
  await vi.advanceTimersByTimeAsync(0)
  return free
}

test('a leg without spies, or with those who hear the same party, is free', async () => {
  expect(await isFree(withCaller)).toBe(true)
  legs.came('a', withCaller)
  expect(await isFree(withCaller)).toBe(true)
  expect(await isFree({ ...withColleague, leg: 'another:leg:1' as LegId })).toBe(true)
})

test.each([withColleague, alone])(
  'with another party ($party) it is free when the last one has gone',
  async (post) => {
    legs.came('a', withCaller)
    legs.came('b', withCaller)
    const free = vi.fn()
    void legs.free(post).then(free)
    legs.gone('a')
    await vi.advanceTimersByTimeAsync(0)
    expect(free).not.toHaveBeenCalled()
    legs.gone('b')
    await vi.advanceTimersByTimeAsync(0)
    expect(free).toHaveBeenCalled()
    expect(vi.getTimerCount()).toBe(0)
  },
)

test('one that does not let go is not waited for longer than a second', async () => {
  legs.came('a', withCaller)
  const free = vi.fn()
  void legs.free(withColleague).then(free)
  await vi.advanceTimersByTimeAsync(999)
  expect(free).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  expect(free).toHaveBeenCalled()
})

test('after a restart it knows what Asterisk holds, and forgets what it does not', async () => {
  const spy = { id: 'hear-6301-a1:spy:2', ready: true, dueAt: 0 }
  const listening = { leg: LEG, with: withCaller.party, spy } as Parameters<SpiedLegs['found']>[0]
  legs.found(listening, new Map())
  expect(await isFree(withColleague)).toBe(true)
  legs.found(listening, new Map([[spy.id, true]]))
  expect(await isFree(withColleague)).toBe(false)
  legs.onlyThese(new Map())
  expect(await isFree(withColleague)).toBe(true)
})
