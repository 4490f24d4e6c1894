import { userId, type UserId } from '@tsunagu/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { PAGE, startEngine, type Engine, type World } from '../support/rig.js'
import { engineWithTwo, expectAsteriskEmpty, logAllOut, withWorld } from '../support/rig-hooks.js'

/** The control plane dies in the middle of outgoing, internal and transferred calls; Asterisk and the people go on. */
let world: World
let engine: Engine
let hanako: UserId
let taro: UserId

const limits = { dialMs: 12_000, rejoinMs: 4_000 }
withWorld((started) => (world = started))
beforeEach(async () => {
  ;({ engine, hanako, taro } = await engineWithTwo(world, { limits }))
})
afterEach(async () => {
  await expectAsteriskEmpty(engine, 5_000)
  await expect.poll(() => engine.store.calls.list(), { message: 'no call is left' }).toEqual([])
  await logAllOut(engine)
  await engine.stop()
})

const ok = { ok: true }
const call = async (id: string) => (await engine.core.desk.view(userId(id))).call
const phase = async (id: string) => (await call(id))?.phase ?? 'none'
const target = async (id: string) => (await call(id))?.target?.phase
const kind = async (id: string) => (await engine.core.desk.view(userId(id))).status.kind
const members = async () =>
  (await engine.telephony.facts()).bridges.flatMap(({ channels }) => channels).length
const until = (what: () => unknown, message: string) => expect.poll(what, { timeout: 8_000, message })

/** Dies, and starts again when `meanwhile` is done; the pages come back by themselves. */
async function killed(meanwhile: () => Promise<unknown> = () => Promise.resolve()): Promise<void> {
  const { prefix } = engine
  engine.kill()
  await meanwhile()
  engine = await startEngine(world, { prefix, limits })
  await engine.connected()
  for (const id of [hanako, taro]) {
    await engine.core.operators.apply(id, { type: 'registered', at: Date.now(), registered: true })
    await engine.core.desk.claimPhone(id, PAGE)
  }
}

/** Until Asterisk shows what the network did while nobody listened. */
async function inAsterisk(channels: number): Promise<void> {
  const held = async () => ((await world.asterisk.ask('GET', '/channels')).body as unknown[]).length
  await until(held, 'channels').toBe(channels)
}

/** 6320 has a caller on hold, and it rings at 6321; the caller. */
async function transferBegun() {
  const caller = await world.call()
  await until(() => phase('6320'), 'rings').toBe('ringing')
  await engine.core.desk.answer(hanako, PAGE)
  await until(() => phase('6320'), 'talks').toBe('talking')
  await engine.core.desk.hold(hanako, PAGE)
  expect(await engine.core.desk.dial(hanako, PAGE, '6321')).toEqual(ok)
  return caller
}

test('a number that answers meanwhile is 通話中 afterwards', async () => {
  expect(await engine.core.desk.dial(hanako, PAGE, '0312345601')).toEqual(ok)
  await until(members, 'both in the bridge').toBe(2)
  await killed(async () => {
    const answered = async () =>
      ((await world.asterisk.ask('GET', '/channels')).body as { state: string }[]).every(
        ({ state }) => state === 'Up',
      )
    await until(answered, 'answered while away').toBe(true)
  })
  await until(() => phase('6320'), 'talking').toBe('talking')
  expect(await engine.core.desk.hangUp(hanako, PAGE)).toEqual(ok)
})

test('a number that is hung up meanwhile ends the call afterwards', async () => {
  expect(await engine.core.desk.dial(hanako, PAGE, '0312345605')).toEqual(ok)
  await until(() => phase('6320'), 'talking').toBe('talking')
  await killed(() => inAsterisk(1))
  await until(() => kind('6320'), 'over').toBe('wrap-up')
})

test('an internal call goes on', async () => {
  expect(await engine.core.desk.dial(hanako, PAGE, '6321')).toEqual(ok)
  expect(await engine.core.desk.answer(taro, PAGE)).toEqual(ok)
  await until(() => phase('6320'), 'talking').toBe('talking')
  await killed()
  expect([await phase('6320'), await phase('6321'), await members()]).toEqual(['talking', 'talking', 2])
  expect(await engine.core.desk.hangUp(taro, PAGE)).toEqual(ok)
})

test('a transfer goes on where it was: ringing, answered, executed', async () => {
  const caller = await transferBegun()
  await killed()
  expect([await phase('6320'), await target('6320'), await phase('6321')]).toEqual([
    'consulting',
    'ringing',
    'ringing',
  ])
  expect(await engine.core.desk.answer(taro, PAGE)).toEqual(ok)
  await until(() => target('6320'), 'answered').toBe('talking')
  await killed()
  expect(await target('6320')).toBe('talking')
  expect(await engine.core.desk.transfer(hanako, PAGE)).toEqual(ok)
  await killed()
  expect([await kind('6320'), await phase('6321'), await members()]).toEqual(['wrap-up', 'talking', 2])
  await caller.hangup()
  await until(() => kind('6321'), 'over').toBe('wrap-up')
})

test('a caller who leaves his transfer meanwhile is noticed', async () => {
  const caller = await transferBegun()
  await engine.core.desk.answer(taro, PAGE)
  await until(() => target('6320'), 'answered').toBe('talking')
  await killed(() => caller.hangup())
  await until(() => phase('6320'), 'goes on with the target').toBe('talking')
  expect(await call('6320')).toMatchObject({ internal: true, number: '6321' })
  expect(await engine.core.desk.hangUp(hanako, PAGE)).toEqual(ok)
  expect(await kind('6320')).toBe('wrap-up')
})
