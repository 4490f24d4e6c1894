import { userId, type UserId } from '@tsunagu/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PAGE, type Engine, type World } from '../support/rig.js'
import { engineWithTwo, expectNothingLeft, logAllOut, withWorld } from '../support/rig-hooks.js'

let world: World
let engine: Engine
let hanako: UserId
let taro: UserId
let caller: Awaited<ReturnType<World['call']>>

withWorld((started) => (world = started))

/** 6320 has a caller on hold, 6321 is at lunch. */
beforeEach(async () => {
  ;({ engine, hanako, taro } = await engineWithTwo(world, { limits: { dialMs: 6_000, rejoinMs: 1_000 } }))
  await engine.core.desk.choose(taro, { kind: 'lunch' })
  caller = await world.call({ from: '09011112222' })
  await expect.poll(() => phase('6320')).toBe('ringing')
  await engine.core.desk.answer(hanako, PAGE)
  await expect.poll(() => phase('6320')).toBe('talking')
  expect(await engine.core.desk.hold(hanako, PAGE)).toEqual(ok)
})
afterEach(async () => {
  await caller.hangup()
  await expectNothingLeft(engine)
  await logAllOut(engine)
  await engine.stop()
})

const ok = { ok: true }
const view = (id: string) => engine.views.get(userId(id))
const status = (id: string) => view(id)?.status
const kind = (id: string) => status(id)?.kind
const phase = (id: string) => view(id)?.call?.phase ?? 'none'
const target = (id: string) => view(id)?.call?.target?.phase
const members = async () =>
  (await engine.telephony.facts()).bridges.flatMap(({ channels }) => channels).length

async function consult(number: string): Promise<void> {
  expect(await engine.core.desk.dial(hanako, PAGE, number)).toEqual(ok)
}

describe('to an extension', () => {
  beforeEach(() => consult('6321'))

  test('it rings there, and says for whom', () => {
    expect([kind('6320'), phase('6320'), target('6320')]).toEqual(['dialling', 'consulting', 'ringing'])
    expect(view('6321')?.call).toMatchObject({
      phase: 'ringing',
      internal: true,
      number: '6320',
      onBehalfOf: { number: '09011112222' },
    })
    expect(kind('6321')).toBe('lunch')
  })

  test('answered and executed: the two have each other, the first is in 後処理', async () => {
    expect(await engine.core.desk.answer(taro, PAGE)).toEqual(ok)
    await expect.poll(() => target('6320')).toBe('talking')
    expect([kind('6320'), await members()]).toEqual(['talking', 2])
    expect(await engine.core.desk.transfer(hanako, PAGE)).toEqual(ok)
    expect([kind('6320'), kind('6321'), phase('6321')]).toEqual(['wrap-up', 'talking', 'talking'])
    expect(view('6321')?.call).toMatchObject({ internal: false, number: '09011112222' })
    await expect.poll(members).toBe(2)
    expect(await engine.core.desk.hangUp(taro, PAGE)).toEqual(ok)
    expect(kind('6321')).toBe('wrap-up')
  })

  test('executed while it rings: it goes on ringing there as the caller’s own call', async () => {
    expect(await engine.core.desk.transfer(hanako, PAGE)).toEqual(ok)
    expect([kind('6320'), kind('6321'), phase('6321')]).toEqual(['wrap-up', 'ringing', 'ringing'])
    expect(await engine.core.desk.answer(taro, PAGE)).toEqual(ok)
    await expect.poll(() => kind('6321')).toBe('talking')
  })

  test('rejected: the caller is on hold again, and the reason is told', async () => {
    expect(await engine.core.desk.hangUp(taro, PAGE)).toEqual(ok)
    expect([phase('6320'), status('6320')?.reason]).toEqual(['held', 'declined'])
    expect([kind('6321'), phase('6321')]).toEqual(['lunch', 'none'])
    expect(await engine.core.desk.resume(hanako, PAGE)).toEqual(ok)
    await expect.poll(members).toBe(2)
  })

  test('not answered in time', async () => {
    await expect.poll(() => status('6320')?.reason, { timeout: 9_000 }).toBe('unanswered')
    expect([phase('6320'), phase('6321')]).toEqual(['held', 'none'])
  })

  test('the target hangs up: back on hold', async () => {
    await engine.core.desk.answer(taro, PAGE)
    await expect.poll(() => target('6320')).toBe('talking')
    expect(await engine.core.desk.hangUp(taro, PAGE)).toEqual(ok)
    expect([phase('6320'), status('6320')?.reason, phase('6321')]).toEqual(['held', 'target-left', 'none'])
  })

  test('the operator hangs the target up, and goes back to the caller', async () => {
    await engine.core.desk.answer(taro, PAGE)
    await expect.poll(() => target('6320')).toBe('talking')
    expect(await engine.core.desk.hangUp(hanako, PAGE)).toEqual(ok)
    expect([phase('6320'), status('6320')?.reason, phase('6321')]).toEqual(['held', undefined, 'none'])
    expect(await engine.core.desk.resume(hanako, PAGE)).toEqual(ok)
    expect(phase('6320')).toBe('talking')
  })

  test('保留 while it rings goes straight back to the caller', async () => {
    expect(await engine.core.desk.resume(hanako, PAGE)).toEqual(ok)
    expect([phase('6320'), phase('6321')]).toEqual(['talking', 'none'])
    await expect.poll(members).toBe(2)
  })

  test('the caller hangs up while it rings: everybody is free', async () => {
    await caller.hangup()
    await expect.poll(() => kind('6320')).toBe('wrap-up')
    expect([kind('6321'), phase('6321')]).toEqual(['lunch', 'none'])
  })

  test('the caller hangs up while they talk: they go on, and the wrap-up follows', async () => {
    await engine.core.desk.answer(taro, PAGE)
    await expect.poll(() => target('6320')).toBe('talking')
    await caller.hangup()
    await expect.poll(() => status('6320')?.reason).toBe('caller-left')
    expect([phase('6320'), phase('6321'), await members()]).toEqual(['talking', 'talking', 2])
    expect(await engine.core.desk.hangUp(taro, PAGE)).toEqual(ok)
    expect([kind('6320'), kind('6321')]).toEqual(['wrap-up', 'lunch'])
  })

  test('the operator is lost in the middle of it: what he had arranged is completed', async () => {
    await engine.core.desk.answer(taro, PAGE)
    await expect.poll(() => target('6320')).toBe('talking')
    await engine.core.desk.dropOut(hanako, 'link-lost')
    await expect.poll(() => kind('6321')).toBe('talking')
    expect(view('6321')?.call).toMatchObject({ number: '09011112222', internal: false })
    await expect.poll(members).toBe(2)
  })
})

describe('to an outside number', () => {
  test('answered and executed: they talk among themselves until one hangs up', async () => {
    await consult('0312345601')
    expect(kind('6320')).toBe('dialling')
    await expect.poll(() => target('6320'), { timeout: 8_000 }).toBe('talking')
    expect(await engine.core.desk.transfer(hanako, PAGE)).toEqual(ok)
    expect([kind('6320'), phase('6320')]).toEqual(['wrap-up', 'none'])
    await expect.poll(members).toBe(2)
    await caller.hangup()
    await expect.poll(members).toBe(0)
  })

  test('busy: back on hold, with the reason', async () => {
    await consult('0312345602')
    await expect.poll(() => status('6320')?.reason).toBe('busy')
    expect(phase('6320')).toBe('held')
  })

  test('executed while it rings, and never answered: the caller comes back to the queue', async () => {
    await consult('0312345603')
    await expect.poll(members).toBe(2)
    expect(await engine.core.desk.transfer(hanako, PAGE)).toEqual(ok)
    expect(kind('6320')).toBe('wrap-up')
    await engine.core.desk.choose(taro, { kind: 'ready' })
    await expect.poll(() => phase('6321'), { timeout: 10_000 }).toBe('ringing')
    expect(view('6321')?.call?.number).toBe('09011112222')
  })

  test('the caller hangs up while they talk: the target is the party now', async () => {
    await consult('0312345601')
    await expect.poll(() => target('6320'), { timeout: 8_000 }).toBe('talking')
    await caller.hangup()
    await expect.poll(() => view('6320')?.call?.number).toBe('0312345601')
    expect(view('6320')?.call).toMatchObject({ phase: 'talking', direction: 'out' })
    expect(await engine.core.desk.hangUp(hanako, PAGE)).toEqual(ok)
    expect(kind('6320')).toBe('wrap-up')
  })
})

test('to a queue: 転送実行 puts the caller into its line', async () => {
  await consult('0350600026')
  expect([phase('6320'), target('6320')]).toEqual(['consulting', 'ready'])
  expect(await engine.core.desk.transfer(hanako, PAGE)).toEqual(ok)
  expect(kind('6320')).toBe('wrap-up')
  const waiting = async () =>
    (await engine.store.calls.list()).map((call) => [call.status, 'queueId' in call && call.queueId])
  expect(await waiting()).toEqual([['waiting', 'support']])
})
