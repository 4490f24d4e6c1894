import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { userId, type UserId } from '@tsunagu/contract'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { loudness, readWav, toneLevels } from '../../../scripts/lib/goertzel.mjs'
import { redisAlarms } from '../../src/adapters/redis/alarms.js'
import { PAGE, pageIsThere, readyOperator, startEngine, type Engine, type World } from '../support/rig.js'
import { Callers, expectAsteriskEmpty, logAllOut, withWorld } from '../support/rig-hooks.js'
import { openRedis } from '../support/stage.js'
import { hasCaller } from '../../src/domain/call/names.js'

/** The control plane dies without a word and starts again; Asterisk and the callers go on. */
let world: World
let engine: Engine
let dir: string
const callers = new Callers()

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'tsunagu-heard-'))
})
// What is done last is undone first: nobody records any more when the folder goes.
afterAll(() => rmSync(dir, { recursive: true, force: true }))
withWorld((started) => (world = started))
beforeEach(async () => {
  engine = await startEngine(world, { ringMs: 20_000 })
  await engine.connected()
})
afterEach(async () => {
  await callers.hangUp()
  await expectAsteriskEmpty(engine)
  await expect.poll(() => engine.store.calls.list(), { message: 'no call is left' }).toEqual([])
  expect((await engine.keys()).filter((key) => /call|waiting|alarm/.test(key))).toEqual([])
  await logAllOut(engine)
  await engine.stop()
})

const until = (what: () => unknown, message: string) => expect.poll(what, { timeout: 8_000, message })
const phaseOf = (id: string) => engine.views.get(userId(id))?.call?.phase
const statuses = async () => (await engine.store.calls.list()).map(({ status }) => status).sort()
const statusOf = async (id: string) => (await engine.store.operators.load(userId(id)))?.value.status.kind
const caller = (options?: Parameters<World['call']>[0]) => callers.call(world, options)

/** It rings at 6320, who answers. */
async function answers(hanako: UserId): Promise<void> {
  await until(() => phaseOf('6320'), 'rings').toBe('ringing')
  await engine.core.desk.answer(hanako, PAGE)
  await until(() => phaseOf('6320'), 'talks').toBe('talking')
}

/** What is done between the death and the next start. */
async function killed(meanwhile: () => Promise<unknown> = () => Promise.resolve()): Promise<void> {
  const { prefix } = engine
  engine.kill()
  await meanwhile()
  engine = await startEngine(world, { prefix, ringMs: 20_000 })
  await engine.connected()
}

/** How loud the last half second was that the caller heard, once there is more of it than before. */
async function hears(file: string): Promise<number> {
  const { ms } = readWav(file)
  await until(() => readWav(file).ms, 'more is heard').toBeGreaterThan(ms + 600)
  return loudness(file, { fromMs: readWav(file).ms - 500 })
}

test('a caller who waits: the music goes on, and he is still first in line', async () => {
  const heard = join(dir, 'waits.wav')
  const first = await caller({ from: '0900001', recordTo: heard })
  await first.waitFor('answered')
  const second = await caller({ from: '0900002' })
  await second.waitFor('answered')
  await until(() => readWav(heard).ms, 'something is heard').toBeGreaterThan(200)
  let between = 0
  await killed(async () => (between = await hears(heard)))
  expect(between, 'while the control plane is away').toBeGreaterThan(-45)
  expect(await hears(heard), 'after it is back').toBeGreaterThan(-45)
  expect(await statuses()).toEqual(['waiting', 'waiting'])
  const hanako = await readyOperator(engine, world, { id: '6320' })
  await until(() => engine.views.get(hanako)?.call?.number, 'the first is served first').toBe('0900001')
  expect(first.ending).toBeUndefined()
})

test('a caller who hears ringing: he is answered with music when the time for it is over', async () => {
  const first = await caller()
  await first.waitFor('ringing')
  await killed()
  await first.waitFor('answered')
  expect(await statuses()).toEqual(['waiting'])
})

test('an alarm that the dead process had taken rings all the same', async () => {
  const first = await caller()
  await first.waitFor('ringing')
  await killed(async () => {
    const { redis, keys } = other()
    const alarms = redisAlarms(redis, keys)
    await until(() => alarms.takeDue(Date.now()), 'it is taken').toHaveLength(1)
    redis.disconnect()
  })
  await first.waitFor('answered')
})

/** Another way to the same Redis. */
const other = () => openRedis(engine.prefix)

test('a call that rings goes on ringing, and is answered after the start', async () => {
  const hanako = await readyOperator(engine, world, { id: '6320' })
  const first = await caller()
  await until(() => phaseOf('6320'), 'rings').toBe('ringing')
  await until(
    async () => (await engine.store.calls.list()).map((c) => 'leg' in c && c.leg?.up),
    'leg up',
  ).toEqual([true])
  await killed()
  await pageIsThere(engine, userId('6320'))
  expect(await statuses()).toEqual(['offered'])
  expect(await engine.core.desk.answer(hanako, PAGE)).toEqual({ ok: true })
  await until(statuses, 'they talk').toEqual(['talking'])
  await first.waitFor('answered')
})

test('a leg that would have come up while the control plane is away dies, and the phone is called again', async () => {
  // This phone picks up after two seconds.
  await readyOperator(engine, world, { id: '6320', number: '632001' })
  const first = await caller()
  await until(() => phaseOf('6320'), 'rings').toBe('ringing')
  const legs = async () => {
    const { body } = await world.asterisk.ask('GET', '/channels')
    return (body as { id: string }[]).filter(({ id }) => id.includes(':leg:'))
  }
  await until(legs, 'the phone rings').toHaveLength(1)
  // Asterisk ends a channel that enters an application that is not there.
  await killed(() => until(legs, 'the phone picked up').toEqual([]))
  await until(
    async () => (await engine.store.calls.list()).map((c) => 'leg' in c && c.leg?.up),
    'leg up',
  ).toEqual([true])
  await pageIsThere(engine, userId('6320'))
  expect(await engine.core.desk.answer(userId('6320'), PAGE)).toEqual({ ok: true })
  await until(statuses, 'they talk').toEqual(['talking'])
  await first.waitFor('answered')
})

test('a call in talk: nobody is cut, both are bridged, and it ends as ever', async () => {
  const heard = join(dir, 'talks.wav')
  const hanako = await readyOperator(engine, world, { id: '6320' })
  const first = await caller({ tone: 440, recordTo: heard })
  await answers(hanako)
  await killed()
  await pageIsThere(engine, userId('6320'))
  const { bridges } = await engine.telephony.facts()
  expect(bridges.map(({ channels }) => channels.length)).toEqual([2])
  // The phone echoes, so the caller hears his own tone through both legs.
  const tone = (): number | undefined => toneLevels(heard, [440], { fromMs: readWav(heard).ms - 300 })[440]
  await until(tone, 'the sound of the other side').toBeGreaterThan(-30)
  expect(first.ending).toBeUndefined()
  expect(await engine.core.desk.hangUp(hanako, PAGE)).toEqual({ ok: true })
  await first.waitFor('ended')
  await until(() => statusOf('6320'), 'wrap-up').toBe('wrap-up')
})

test('a call that ended meanwhile ends: the operator is in wrap-up', async () => {
  const hanako = await readyOperator(engine, world, { id: '6320' })
  const first = await caller()
  await answers(hanako)
  await killed(() => first.hangup())
  await until(() => statusOf('6320'), 'wrap-up').toBe('wrap-up')
  expect(await statuses()).toEqual([])
})

test('a caller who gave up meanwhile is out of the line, and his operator free again', async () => {
  await readyOperator(engine, world, { id: '6320' })
  const rings = await caller()
  await until(() => phaseOf('6320'), 'rings').toBe('ringing')
  const waits = await caller()
  await waits.waitFor('answered')
  await killed(() => Promise.all([rings.hangup(), waits.hangup()]))
  await until(() => statusOf('6320'), 'free again').toBe('ready')
  expect(await statuses()).toEqual([])
})

test('callers who came meanwhile enter behind those who wait, in their order', async () => {
  const first = await caller({ from: '0900001' })
  await first.waitFor('answered')
  await killed(async () => {
    for (const from of ['0900002', '0900003']) await (await caller({ from })).waitFor('ringing')
  })
  await until(statuses, 'all three wait').toEqual(['waiting', 'waiting', 'waiting'])
  const line = (await engine.store.calls.list())
    .filter(hasCaller)
    .sort((a, b) => Number(a.entry) - Number(b.entry))
  expect(line[0]?.callerNumber).toBe('0900001')
})

test('callers nobody knows enter in the order in which they came', async () => {
  const froms = ['0900001', '0900002', '0900003', '0900004']
  for (const from of froms) await (await caller({ from })).waitFor('answered')
  await killed(async () => {
    // Redis lost all of it.
    const { redis, prefix } = other()
    await redis.del(...(await redis.keys(`${prefix}*`)))
    redis.disconnect()
  })
  const line = (await engine.store.calls.list())
    .filter(hasCaller)
    .sort((a, b) => Number(a.entry) - Number(b.entry))
  expect(line.map(({ callerNumber }) => callerNumber)).toEqual(froms)
  expect(line.map(({ dialled }) => dialled)).toEqual(froms.map(() => '0350600025'))
})

test('a leg and a bridge that nobody knows are removed; a stranger is left alone', async () => {
  await readyOperator(engine, world, { id: '6320' })
  await killed(async () => {
    const leg = 'app=tsunagu&appArgs=leg&endpoint=PJSIP/6320'
    expect((await world.asterisk.ask('POST', `/channels/nobody.1:leg:1?${leg}`)).status).toBe(200)
    expect((await world.asterisk.ask('POST', '/bridges/nobody.1:talk?type=mixing')).status).toBe(200)
    expect((await world.asterisk.ask('POST', '/bridges/not-ours?type=mixing')).status).toBe(200)
  })
  await until(async () => (await engine.telephony.facts()).channels, 'no leg').toEqual([])
  const { body } = await world.asterisk.ask('GET', '/bridges')
  expect((body as { id: string }[]).map(({ id }) => id)).toEqual(['not-ours'])
  await world.asterisk.ask('DELETE', '/bridges/not-ours')
})

test('killed three times in a row, in the middle of everything: nobody is lost', async () => {
  const hanako = await readyOperator(engine, world, { id: '6320' })
  const talks = await caller({ from: '0900001' })
  await answers(hanako)
  const waits = await caller({ from: '0900002' })
  await waits.waitFor('answered')
  for (let round = 0; round < 3; round++) await killed()
  await pageIsThere(engine, userId('6320'))
  expect(await statuses()).toEqual(['talking', 'waiting'])
  expect([talks.ending, waits.ending]).toEqual([undefined, undefined])
  await talks.hangup()
  await until(() => statusOf('6320'), 'wrap-up').toBe('wrap-up')
  await engine.core.desk.choose(hanako, { kind: 'ready' })
  await until(() => engine.views.get(hanako)?.call?.number, 'the next one').toBe('0900002')
})
