import { userId } from '@tsunagu/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { MAIN, PAGE, readyOperator, startEngine, SUPPORT, type Engine, type World } from '../support/rig.js'
import { expectAsteriskEmpty, logAllOut, withWorld } from '../support/rig-hooks.js'

let world: World
let engine: Engine

withWorld((started) => (world = started))
beforeEach(async () => {
  engine = await startEngine(world, { ringMs: 3_000 })
  await engine.connected()
})
afterEach(async () => {
  await expectAsteriskEmpty(engine)
  await expect.poll(() => engine.store.calls.list()).toEqual([])
  expect((await engine.keys()).filter((key) => /call|waiting|alarm/.test(key))).toEqual([])
  await logAllOut(engine)
  await engine.stop()
})

const statusOf = (id: string) => engine.views.get(userId(id))?.status
const phaseOf = (id: string) => engine.views.get(userId(id))?.call?.phase

test('a caller whom nobody can take hears ringing, then is answered with music', async () => {
  const caller = await world.call()
  await caller.waitFor('ringing')
  await caller.waitFor('answered')
  expect((await engine.store.calls.list()).map(({ status }) => status)).toEqual(['waiting'])
  await caller.hangup()
})

test('a caller who gives up while it rings leaves nothing behind', async () => {
  const caller = await world.call()
  await caller.waitFor('ringing')
  await caller.hangup()
})

test('a call rings at a free operator, is answered, and ends in 後処理', async () => {
  const hanako = await readyOperator(engine, world, { id: '6320' })
  const caller = await world.call()
  await expect.poll(() => phaseOf('6320')).toBe('ringing')
  expect(engine.views.get(hanako)?.call).toMatchObject({ number: '09011111111', queue: { name: '代表' } })
  await expect.poll(() => engine.core.desk.answer(hanako, PAGE)).toEqual({ ok: true })
  await caller.waitFor('answered')
  await expect.poll(() => phaseOf('6320')).toBe('talking')
  expect(statusOf('6320')?.kind).toBe('talking')
  await caller.hangup()
  await expect.poll(() => statusOf('6320')?.kind).toBe('wrap-up')
})

test('the operator hangs up: the caller is released', async () => {
  const hanako = await readyOperator(engine, world, { id: '6320' })
  const caller = await world.call()
  await expect.poll(() => phaseOf('6320')).toBe('ringing')
  await engine.core.desk.answer(hanako, PAGE)
  await expect.poll(() => phaseOf('6320')).toBe('talking')
  expect(await engine.core.desk.hangUp(hanako, PAGE)).toEqual({ ok: true })
  await caller.waitFor('ended')
  expect(caller.ending?.by).toBe('callee')
})

test('not answered in the ring time: 準備中 with the reason, and the next operator', async () => {
  await readyOperator(engine, world, { id: '6320' })
  await readyOperator(engine, world, { id: '6321' })
  const caller = await world.call()
  await expect.poll(() => phaseOf('6320')).toBe('ringing')
  await expect.poll(() => phaseOf('6321'), { timeout: 6_000 }).toBe('ringing')
  expect(statusOf('6320')).toMatchObject({ kind: 'preparing', reason: 'no-answer' })
  const waited = engine.views.get(userId('6321'))?.call?.waitedMs ?? 0
  expect(waited).toBeGreaterThan(2_900)
  await caller.hangup()
  await expect.poll(() => statusOf('6321')?.kind).toBe('ready')
})

test('rejected: the next operator at once', async () => {
  const hanako = await readyOperator(engine, world, { id: '6320' })
  await readyOperator(engine, world, { id: '6321' })
  const caller = await world.call()
  await expect.poll(() => phaseOf('6320')).toBe('ringing')
  await engine.core.desk.hangUp(hanako, PAGE)
  await expect.poll(() => phaseOf('6321')).toBe('ringing')
  expect(statusOf('6320')).toMatchObject({ kind: 'preparing', reason: 'rejected' })
  await caller.hangup()
})

test('a phone that cannot be reached is passed over without waiting', async () => {
  await readyOperator(engine, world, { id: '6320', number: '632002' })
  await readyOperator(engine, world, { id: '6321' })
  const caller = await world.call()
  await expect.poll(() => phaseOf('6321'), { timeout: 3_000 }).toBe('ringing')
  expect(statusOf('6320')).toMatchObject({ kind: 'preparing', reason: 'phone-failed' })
  await caller.hangup()
})

test('callers are served strictly in the order in which they came', async () => {
  const froms = ['0900001', '0900002', '0900003']
  const callers = []
  for (const from of froms) {
    const caller = await world.call({ from })
    await caller.waitFor('ringing')
    callers.push(caller)
  }
  const hanako = await readyOperator(engine, world, { id: '6320' })
  for (const [i, from] of froms.entries()) {
    await expect.poll(() => engine.views.get(hanako)?.call?.number).toBe(from)
    await callers[i]!.hangup()
  }
})

test('an operator of two queues gets the caller who has waited longer', async () => {
  const second = await world.call({ to: '0350600026', from: '0900002' })
  await second.waitFor('ringing')
  const first = await world.call({ to: '0350600025', from: '0900001' })
  await first.waitFor('ringing')
  const hanako = await readyOperator(engine, world, { id: '6320', queues: [MAIN, SUPPORT] })
  await expect.poll(() => engine.views.get(hanako)?.call?.number).toBe('0900002')
  await Promise.all([first.hangup(), second.hangup()])
})

test('caller and operator at the very same moment: nobody is stuck', async () => {
  const hanako = await readyOperator(engine, world, { id: '6320' })
  for (let i = 0; i < 8; i++) {
    const caller = await world.call()
    await expect.poll(() => phaseOf('6320')).toBe('ringing')
    await Promise.all([engine.core.desk.answer(hanako, PAGE), caller.hangup()])
    await expect.poll(() => engine.store.calls.list()).toEqual([])
    await expect.poll(() => statusOf('6320')?.kind).toMatch(/ready|wrap-up/)
    await engine.core.desk.choose(hanako, { kind: 'ready' })
  }
})

test('a second claim of the phone by another page moves the talk there', async () => {
  const hanako = await readyOperator(engine, world, { id: '6320' })
  const caller = await world.call()
  await expect.poll(() => phaseOf('6320')).toBe('ringing')
  await engine.core.desk.answer(hanako, PAGE)
  await expect.poll(() => phaseOf('6320')).toBe('talking')
  const before = engine.views.get(hanako)?.leg
  await engine.core.desk.claimPhone(hanako, 'another-page' as typeof PAGE)
  await expect.poll(() => engine.views.get(hanako)?.leg).not.toBe(before)
  await expect.poll(() => phaseOf('6320')).toBe('talking')
  await caller.hangup()
})

test('a number that no queue has is released', async () => {
  const caller = await world.call({ to: '0350699999' })
  await caller.waitFor('ended')
})
