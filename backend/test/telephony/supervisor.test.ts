import type { UserId } from '@tsunagu/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  PAGE,
  pageIsThere,
  readyOperator,
  readySupervisor,
  startEngine,
  type Engine,
  type World,
} from '../support/rig.js'
import { expectAsteriskEmpty, logAllOut, withWorld } from '../support/rig-hooks.js'

let world: World
let engine: Engine
let chief: UserId
let hanako: UserId

withWorld((started) => (world = started))
beforeEach(async () => {
  engine = await startEngine(world)
  await engine.connected()
  chief = await readySupervisor(engine, world, { id: 'sv1' })
  hanako = await readyOperator(engine, world, { id: '6320' })
})
afterEach(async () => {
  await expectAsteriskEmpty(engine)
  await logAllOut(engine)
  expect((await engine.keys()).filter((key) => /call|waiting|alarm|slots|ready/.test(key))).toEqual([])
  await engine.stop()
})

const ok = { ok: true }
const view = (id: UserId) => engine.views.get(id)
const phase = (id: UserId) => view(id)?.call?.phase ?? 'none'

test('he is called at his extension, and shown with it', async () => {
  expect(await engine.core.desk.dial(hanako, PAGE, '6301')).toEqual(ok)
  await expect.poll(() => phase(chief)).toBe('ringing')
  expect(view(hanako)?.call).toMatchObject({ number: '6301', name: 'sv1', internal: true })
  expect(await engine.core.desk.answer(chief, PAGE)).toEqual(ok)
  await expect.poll(() => phase(hanako)).toBe('talking')
  expect(await engine.core.desk.hangUp(chief, PAGE)).toEqual(ok)
  await expect.poll(() => view(hanako)?.status.kind).toBe('ready')
  expect(view(chief)?.status.kind).toBe('preparing')
})

test('he calls an operator, who sees his extension', async () => {
  expect(await engine.core.desk.dial(chief, PAGE, '6320')).toEqual(ok)
  await expect.poll(() => phase(hanako)).toBe('ringing')
  expect(view(hanako)?.call).toMatchObject({ number: '6301', name: 'sv1' })
  expect(await engine.core.desk.hangUp(chief, PAGE)).toEqual(ok)
})

test('a caller is transferred to him; no queue call comes, and no 後処理 follows', async () => {
  const caller = await world.call()
  await expect.poll(() => phase(hanako)).toBe('ringing')
  expect(phase(chief)).toBe('none')
  await engine.core.desk.answer(hanako, PAGE)
  await expect.poll(() => phase(hanako)).toBe('talking')
  await engine.core.desk.hold(hanako, PAGE)
  expect(await engine.core.desk.dial(hanako, PAGE, '6301')).toEqual(ok)
  expect(await engine.core.desk.answer(chief, PAGE)).toEqual(ok)
  await expect.poll(() => view(hanako)?.call?.target?.phase).toBe('talking')
  expect(view(chief)?.call).toMatchObject({ number: '6320' })
  expect(await engine.core.desk.transfer(hanako, PAGE)).toEqual(ok)
  await expect.poll(() => view(chief)?.call).toMatchObject({ phase: 'talking', internal: false })
  expect(view(hanako)?.status.kind).toBe('wrap-up')
  expect(await engine.core.desk.hangUp(chief, PAGE)).toEqual(ok)
  await expect.poll(() => phase(chief)).toBe('none')
  expect(view(chief)?.status.kind).toBe('preparing')
  await caller.hangup()
})

test('he parks, and it rings back at him; he takes it out again', async () => {
  expect(await engine.core.desk.dial(chief, PAGE, '0312345606')).toEqual(ok)
  await expect.poll(() => phase(chief)).toBe('talking')
  expect(await engine.core.desk.park(chief, PAGE, 1)).toEqual(ok)
  await expect.poll(() => phase(chief), { timeout: 5_000 }).toBe('ringing')
  expect(await engine.core.desk.answer(chief, PAGE)).toEqual(ok)
  await expect.poll(() => phase(chief)).toBe('talking')
  expect(await engine.core.desk.hangUp(chief, PAGE)).toEqual(ok)
})

test('his phone is his own over a restart of the server', async () => {
  expect(await engine.core.desk.dial(chief, PAGE, '0312345606')).toEqual(ok)
  await expect.poll(() => phase(chief)).toBe('talking')
  const { prefix } = engine
  engine.kill()
  engine = await startEngine(world, { prefix })
  await engine.connected()
  await pageIsThere(engine, chief)
  await expect.poll(() => phase(chief)).toBe('talking')
  expect(await engine.core.desk.hangUp(chief, PAGE)).toEqual(ok)
})
