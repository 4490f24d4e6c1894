import { userId, type UserId } from '@tsunagu/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { PAGE, type Engine, type World } from '../support/rig.js'
import { engineWithTwo, expectNothingLeft, logAllOut, withWorld } from '../support/rig-hooks.js'

let world: World
let engine: Engine
let hanako: UserId
let taro: UserId

withWorld((started) => (world = started))
beforeEach(async () => {
  ;({ engine, hanako, taro } = await engineWithTwo(world, { limits: { parkMs: 1_500, dialMs: 60_000 } }))
})
afterEach(async () => {
  await expectNothingLeft(engine)
  await logAllOut(engine)
  await engine.stop()
})

const statusOf = (id: string) => engine.views.get(userId(id))?.status.kind
const phaseOf = (id: string) => engine.views.get(userId(id))?.call?.phase
const slots = () => engine.parks.view?.parked.map(({ slot, by }) => `${String(slot)} by ${by.id}`)

async function talk() {
  const caller = await world.call()
  await expect.poll(() => phaseOf('6320')).toBe('ringing')
  await engine.core.desk.answer(hanako, PAGE)
  await expect.poll(() => statusOf('6320')).toBe('talking')
  return caller
}

test('hold and resume', async () => {
  const caller = await talk()
  expect(await engine.core.desk.hold(hanako, PAGE)).toEqual({ ok: true })
  expect([statusOf('6320'), phaseOf('6320')]).toEqual(['held', 'held'])
  expect(await engine.core.desk.hold(hanako, PAGE)).toEqual({ ok: false, code: 'wrong-state' })
  expect(await engine.core.desk.resume(hanako, PAGE)).toEqual({ ok: true })
  expect([statusOf('6320'), phaseOf('6320')]).toEqual(['talking', 'talking'])
  await caller.hangup()
})

test('a parked call is seen by all, and taken by another', async () => {
  const caller = await talk()
  expect(await engine.core.desk.park(hanako, PAGE, 3)).toEqual({ ok: true })
  expect(statusOf('6320')).toBe('wrap-up')
  expect(slots()).toEqual(['3 by 6320'])
  expect(await engine.core.desk.take(taro, PAGE, 3)).toEqual({ ok: true })
  await expect
    .poll(async () => (await engine.store.calls.list()).map(({ status }) => status))
    .toEqual(['talking'])
  expect(phaseOf('6321')).toBe('talking')
  expect(slots()).toEqual([])
  await caller.hangup()
  await expect.poll(() => statusOf('6321')).toBe('wrap-up')
})

test('of two who take it at once exactly one gets it, the other is told and keeps his status', async () => {
  const caller = await talk()
  await engine.core.desk.park(hanako, PAGE, 1)
  const acks = await Promise.all([
    engine.core.desk.take(hanako, PAGE, 1),
    engine.core.desk.take(taro, PAGE, 1),
  ])
  expect(acks.filter(({ ok }) => ok)).toHaveLength(1)
  expect(acks).toContainEqual({ ok: false, code: 'slot-empty' })
  const loser = acks[0]?.ok ? '6321' : '6320'
  expect(statusOf(loser)).toBe(loser === '6321' ? 'ready' : 'wrap-up')
  await caller.hangup()
})

test('a taken slot is refused to a second call', async () => {
  const first = await talk()
  await engine.core.desk.park(hanako, PAGE, 2)
  await engine.core.desk.choose(hanako, { kind: 'ready' })
  const second = await world.call()
  await expect.poll(() => phaseOf('6321')).toBe('ringing')
  await engine.core.desk.answer(taro, PAGE)
  await expect.poll(() => statusOf('6321')).toBe('talking')
  expect(await engine.core.desk.park(taro, PAGE, 2)).toEqual({ ok: false, code: 'slot-taken' })
  expect(phaseOf('6321')).toBe('talking')
  await Promise.all([first.hangup(), second.hangup()])
  await expect.poll(slots).toEqual([])
})

test('nobody takes it: it rings back the one who parked it', async () => {
  const caller = await talk()
  await engine.core.desk.park(hanako, PAGE, 6)
  await expect.poll(() => phaseOf('6320'), { timeout: 4_000 }).toBe('ringing')
  expect(slots()).toEqual([])
  await engine.core.desk.answer(hanako, PAGE)
  await expect.poll(() => phaseOf('6320')).toBe('talking')
  await caller.hangup()
})

test('the caller gives up in the slot: it is free', async () => {
  const caller = await talk()
  await engine.core.desk.park(hanako, PAGE, 4)
  await caller.hangup()
  await expect.poll(slots).toEqual([])
})

test('an alert is on until it is withdrawn, whatever the status', async () => {
  await engine.core.desk.setAlert(hanako, true)
  await engine.core.desk.choose(hanako, { kind: 'lunch' })
  expect(engine.views.get(hanako)?.alert?.since).toBeTypeOf('number')
  await engine.core.desk.setAlert(hanako, false)
  expect(engine.views.get(hanako)?.alert).toBeUndefined()
})
