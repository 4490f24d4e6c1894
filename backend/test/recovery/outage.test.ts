import { randomUUID } from 'node:crypto'
import { userId } from '@tsunagu/contract'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { CallerSide } from '../../../scripts/lib/caller/caller-side.mjs'
import { redisKeys } from '../../src/adapters/redis/keys.js'
import { redisSessionStore } from '../../src/adapters/redis/session-store.js'
import { openLink, type Link } from '../support/link.js'
import { PAGE, pageIsThere, readyOperator, startEngine, type Engine, type World } from '../support/rig.js'
import { Callers, expectAsteriskEmpty, logAllOut, withWorld } from '../support/rig-hooks.js'
import { hasCaller } from '../../src/domain/call/names.js'

/** Asterisk, or the way to it, goes away under a control plane that lives. */
let world: World
let link: Link
let engine: Engine
const callers = new Callers()

withWorld((started) => (world = started))
beforeAll(async () => {
  link = await openLink(Number(new URL(world.ari.url).port))
})
afterAll(() => link.close())
beforeEach(async () => {
  engine = await startEngine(world, { ringMs: 20_000, ariPort: link.port })
  await engine.connected()
})
afterEach(async () => {
  link.mend()
  await callers.hangUp()
  await expectAsteriskEmpty(engine, 20_000)
  await expect.poll(() => engine.store.calls.list(), { message: 'no call is left' }).toEqual([])
  await logAllOut(engine)
  await engine.stop()
})

const until = (what: () => unknown, message: string, timeout = 10_000) =>
  expect.poll(what, { timeout, message })
const phaseOf = (id: string) => engine.views.get(userId(id))?.call?.phase
const statuses = async () => (await engine.store.calls.list()).map(({ status }) => status).sort()
const statusOf = async (id: string) => (await engine.store.operators.load(userId(id)))?.value.status.kind
const caller = (options?: Parameters<World['call']>[0]) => callers.call(world, options)

/** A call of hers is answered; the caller's side of it. */
async function talking(id: string, from = '0900001'): Promise<CallerSide> {
  const made = await caller({ from })
  await until(() => phaseOf(id), 'rings').toBe('ringing')
  await engine.core.desk.answer(userId(id), PAGE)
  await until(() => phaseOf(id), 'talks').toBe('talking')
  return made
}

/** Breaks the way to Asterisk for as long as `meanwhile` takes, and waits until both agree again. */
async function severed(meanwhile: () => Promise<unknown>): Promise<void> {
  const before = engine.agreed()
  link.sever()
  await meanwhile()
  link.mend()
  await until(() => engine.agreed(), 'they agree again').toBeGreaterThan(before)
}

test('the socket breaks and comes back: who talks, talks on, and what comes after is heard', async () => {
  const hanako = await readyOperator(engine, world, { id: '6320' })
  const first = await talking('6320')
  const before = engine.agreed()
  link.cut()
  await until(() => engine.agreed(), 'they agree again').toBe(before + 1)
  expect(await statuses()).toEqual(['talking'])
  expect(first.ending).toBeUndefined()
  await first.hangup()
  await until(() => statusOf('6320'), 'wrap-up').toBe('wrap-up')
  await pageIsThere(engine, hanako)
  await engine.core.desk.choose(hanako, { kind: 'ready' })
  await talking('6320', '0900002')
})

test('what happened while the way was broken is caught up with', async () => {
  await readyOperator(engine, world, { id: '6320' })
  const talks = await talking('6320')
  const waits = await caller({ from: '0900002' })
  await waits.waitFor('answered')
  await severed(async () => {
    await Promise.all([talks.hangup(), waits.hangup()])
    await (await caller({ from: '0900003' })).waitFor('ringing')
  })
  await until(() => statusOf('6320'), 'wrap-up').toBe('wrap-up')
  const numbers = async () =>
    (await engine.store.calls.list()).filter(hasCaller).map(({ callerNumber }) => callerNumber)
  await until(numbers, 'only the new one').toEqual(['0900003'])
})

test('「切断」 while the way is broken releases nobody by mistake, and the operator is not stuck', async () => {
  const hanako = await readyOperator(engine, world, { id: '6320' })
  await talking('6320')
  await severed(async () => {
    expect(await engine.core.desk.hangUp(hanako, PAGE)).toEqual({ ok: true })
  })
  await until(() => statusOf('6320'), 'wrap-up').toBe('wrap-up')
  const legs = async () => (await engine.telephony.facts()).channels.filter(({ id }) => id.includes(':leg:'))
  await until(legs, 'no leg is left').toEqual([])
  await until(async () => (await engine.telephony.facts()).bridges, 'no bridge is left').toEqual([])
})

test('the page of a talk goes while the way is broken: the caller is out of the bridge, with music', async () => {
  const hanako = await readyOperator(engine, world, { id: '6320' })
  const first = await talking('6320')
  await severed(async () => {
    await engine.core.operators.apply(hanako, { type: 'registered', at: Date.now(), registered: false })
    await engine.core.desk.pageGone(hanako, PAGE)
    expect(await statuses()).toEqual(['stranded'])
  })
  const inBridges = async () => (await engine.telephony.facts()).bridges.flatMap(({ channels }) => channels)
  await until(inBridges, 'nobody is alone in a bridge').toEqual([])
  expect(first.ending).toBeUndefined()
})

test('a caller whose ringing time ends while the way is broken is answered when it is mended', async () => {
  const first = await caller()
  await first.waitFor('ringing')
  await severed(() =>
    until(
      async () => (await engine.store.calls.list()).filter(hasCaller)[0]?.picked,
      'the time is over',
    ).toBe(true),
  )
  await first.waitFor('answered')
})

test('after 20 reconnects there are as many connections, timers and listeners as before', async () => {
  const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
  const listeners = (): number =>
    process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0)
  const reconnect = async (): Promise<void> => {
    const before = engine.agreed()
    link.cut()
    await until(() => engine.agreed(), 'they agree again').toBe(before + 1)
  }
  await reconnect()
  const [timersBefore, listenersBefore] = [timers(), listeners()]
  for (let round = 0; round < 20; round++) await reconnect()
  expect(listeners()).toBe(listenersBefore)
  await until(timers, 'timers').toBeLessThanOrEqual(timersBefore + 1)
  // The event socket; commands' connections come and go.
  await until(() => link.open(), 'connections').toBeLessThanOrEqual(2)
  await (await caller()).waitFor('answered')
}, 60_000)

test('another process takes the application: this one is told', async () => {
  const second = await startEngine(world, { prefix: engine.prefix })
  await until(() => engine.replaced(), 'the first is told').toBe(true)
  expect(second.replaced()).toBe(false)
  await second.stop()
  const before = engine.agreed()
  link.cut()
  await until(() => engine.agreed(), 'the first has it again').toBe(before + 1)
})

test('Asterisk restarts: every call is closed, operators are free, phones known, new calls work', async () => {
  const hanako = await readyOperator(engine, world, { id: '6320' })
  await readyOperator(engine, world, { id: '6321', number: '632103' })
  const sessions = redisSessionStore(engine.redis, redisKeys(engine.prefix))
  const session = { tokenHash: randomUUID(), userId: hanako, createdAt: 0, phoneSecret: 'secret' }
  await sessions.claim(session)
  await talking('6320')
  await caller({ from: '0900002' })
  await until(() => phaseOf('6321'), 'rings').toBe('ringing')
  await (await caller({ from: '0900003' })).waitFor('answered')
  const before = engine.agreed()
  await world.asterisk.restart({ forgetful: true })
  await until(() => engine.agreed(), 'they agree again').toBeGreaterThan(before)
  expect(await statuses()).toEqual([])
  expect((await engine.keys()).filter((key) => /call:|waiting|alarm/.test(key))).toEqual([])
  for (const { id, callId } of await engine.store.operators.list())
    expect([id, callId]).toEqual([id, undefined])
  expect([await statusOf('6320'), await statusOf('6321')]).toEqual(['wrap-up', 'ready'])
  expect((await world.asterisk.ask('GET', '/endpoints/PJSIP/6320')).status).toBe(200)
  await sessions.end(session, 'forced')
  await (await caller({ from: '0900004' })).waitFor('answered')
  expect(await statuses()).toEqual(['waiting'])
}, 60_000)

test('Asterisk is frozen for ten seconds: commands time out, the process lives, and all goes on', async () => {
  const hanako = await readyOperator(engine, world, { id: '6320' })
  const talks = await talking('6320')
  const waits = await caller({ from: '0900002' })
  await waits.waitFor('answered')
  world.asterisk.freeze()
  const thaw = new Promise((resolve) => setTimeout(resolve, 10_000)).then(() => world.asterisk.thaw())
  const asked = performance.now()
  const answer = await engine.telephony.stopMusic('nobody.1')
  expect(answer).toMatchObject({ ok: false, code: 'timeout' })
  expect(performance.now() - asked).toBeLessThan(4_000)
  expect(await engine.core.desk.choose(hanako, { kind: 'lunch' })).toEqual({ ok: true })
  await thaw
  await until(() => engine.telephony.stopMusic('nobody.1'), 'commands work', 20_000).toMatchObject({
    code: 'gone',
  })
  expect(await statuses()).toEqual(['talking', 'waiting'])
  expect([talks.ending, waits.ending]).toEqual([undefined, undefined])
  await talks.hangup()
  await until(() => statusOf('6320'), 'the status chosen meanwhile').toBe('lunch')
  await (await caller({ from: '0900003' })).waitFor('answered')
}, 60_000)

test('「切断」 on a frozen Asterisk: when it thaws, nobody is left behind', async () => {
  const hanako = await readyOperator(engine, world, { id: '6320' })
  await talking('6320')
  world.asterisk.freeze()
  const hungUp = engine.core.desk.hangUp(hanako, PAGE)
  expect(await hungUp).toEqual({ ok: true })
  world.asterisk.thaw()
  await until(() => statusOf('6320'), 'wrap-up', 20_000).toBe('wrap-up')
}, 60_000)
