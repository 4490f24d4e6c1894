import { userId, type UserId } from '@tsunagu/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { PAGE, readyOperator, type Engine, type World } from '../support/rig.js'
import { engineWithTwo, expectNothingLeft, logAllOut, withWorld } from '../support/rig-hooks.js'

let world: World
let engine: Engine
let hanako: UserId
let taro: UserId

withWorld((started) => (world = started))
beforeEach(async () => {
  ;({ engine, hanako, taro } = await engineWithTwo(world, { limits: { dialMs: 10_000 } }))
})
afterEach(async () => {
  await expectNothingLeft(engine)
  await logAllOut(engine)
  await engine.stop()
})

const view = (id: string) => engine.views.get(userId(id))
const status = (id: string) => view(id)?.status
const phase = (id: string) => view(id)?.call?.phase ?? 'none'
const ok = { ok: true }

test('an outside number is dialled, answered, and ends in 後処理', async () => {
  expect(await engine.core.desk.dial(hanako, PAGE, '03-1234-5601')).toEqual(ok)
  expect([status('6320')?.kind, phase('6320')]).toEqual(['dialling', 'dialling'])
  await expect.poll(() => phase('6320'), { timeout: 8_000 }).toBe('talking')
  expect(status('6320')?.kind).toBe('talking')
  expect(view('6320')?.call).toMatchObject({ direction: 'out', internal: false, number: '0312345601' })
  expect(await engine.core.desk.hangUp(hanako, PAGE)).toEqual(ok)
  expect(status('6320')?.kind).toBe('wrap-up')
})

test.each([
  ['0312345602', 'busy'],
  ['0312345604', 'no-such-number'],
  ['0312345603', 'unanswered'],
])('%s: %s, and the status is as before', async (number, reason) => {
  await engine.core.desk.choose(hanako, { kind: 'lunch' })
  expect(await engine.core.desk.dial(hanako, PAGE, number)).toEqual(ok)
  await expect.poll(() => status('6320')?.reason, { timeout: 15_000 }).toBe(reason)
  expect(status('6320')?.kind).toBe('lunch')
})

test('the far end hangs up: 後処理', async () => {
  expect(await engine.core.desk.dial(hanako, PAGE, '0312345605')).toEqual(ok)
  await expect.poll(() => phase('6320'), { timeout: 8_000 }).toBe('talking')
  await expect.poll(() => status('6320')?.kind, { timeout: 8_000 }).toBe('wrap-up')
})

test('given up while it rings: the status is as before, without a reason', async () => {
  expect(await engine.core.desk.dial(hanako, PAGE, '0312345603')).toEqual(ok)
  await expect.poll(async () => (await engine.telephony.facts()).channels.length).toBe(2)
  expect(await engine.core.desk.hangUp(hanako, PAGE)).toEqual(ok)
  expect(status('6320')).toMatchObject({ kind: 'ready' })
  expect(status('6320')?.reason).toBeUndefined()
})

test('an internal call rings, is answered and ends without 後処理', async () => {
  await engine.core.desk.choose(taro, { kind: 'lunch' })
  expect(await engine.core.desk.dial(hanako, PAGE, '6321')).toEqual(ok)
  expect([phase('6320'), phase('6321')]).toEqual(['dialling', 'ringing'])
  expect([status('6320')?.kind, status('6321')?.kind]).toEqual(['dialling', 'lunch'])
  expect(await engine.core.desk.answer(taro, PAGE)).toEqual(ok)
  await expect.poll(() => phase('6320')).toBe('talking')
  expect([status('6320')?.kind, status('6321')?.kind]).toEqual(['internal', 'lunch'])
  expect(await engine.core.desk.hold(taro, PAGE)).toEqual(ok)
  expect([phase('6321'), view('6320')?.call?.heldByOther]).toEqual(['held', true])
  expect(await engine.core.desk.resume(taro, PAGE)).toEqual(ok)
  expect(await engine.core.desk.hangUp(taro, PAGE)).toEqual(ok)
  expect([status('6320')?.kind, status('6321')?.kind]).toEqual(['ready', 'lunch'])
})

test('an internal call that is rejected says so', async () => {
  expect(await engine.core.desk.dial(hanako, PAGE, '6321')).toEqual(ok)
  expect(await engine.core.desk.hangUp(taro, PAGE)).toEqual(ok)
  expect(status('6320')).toMatchObject({ kind: 'ready', reason: 'declined' })
  expect(status('6321')?.kind).toBe('ready')
})

test('a busy, an absent, an unknown and the own extension are refused in words', async () => {
  expect(await engine.core.desk.dial(hanako, PAGE, '6321')).toEqual(ok)
  expect(await engine.core.desk.dial(hanako, PAGE, '0312345601')).toEqual({ ok: false, code: 'wrong-state' })
  const misaki = await readyOperator(engine, world, { id: '6322' })
  const code = async (number: string) => {
    const ack = await engine.core.desk.dial(misaki, PAGE, number)
    return ack.ok ? 'ok' : ack.code
  }
  expect(await code('6321')).toBe('party-busy')
  expect(await code('6325')).toBe('party-away')
  expect(await code('6399')).toBe('no-such-number')
  expect(await code('6322')).toBe('own-number')
  expect(await code('0990123456')).toBe('number-not-allowed')
  expect(await code('0350600026')).toBe('transfer-only')
  expect(await code('12ab')).toBe('bad-request')
  expect(status('6322')?.kind).toBe('ready')
  expect(await engine.core.desk.hangUp(hanako, PAGE)).toEqual(ok)
})
