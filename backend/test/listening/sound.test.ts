import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pageId, type ListenMode, type UserId } from '@tsunagu/contract'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Act } from '../../src/app/records/ports.js'
import { loudness } from '../../../scripts/lib/goertzel.mjs'
import { openRedis } from '../support/stage.js'
import { expectAsteriskEmpty, logAllOut } from '../support/rig-hooks.js'
import { heardIn, PhoneEars, VOICES } from '../support/voices.js'
import {
  PAGE,
  readyOperator,
  readySupervisor,
  startEngine,
  startWorld,
  type Engine,
  type World,
} from '../support/rig.js'

const ok = { ok: true }
/** They sing: who hears whom is told by it. */
const HANAKO = '07'
const CHIEF = '08'
const TARO = '09'

let world: World
let ears: PhoneEars
let dir: string
let engine: Engine
let chief: UserId
let hanako: UserId
let taro: UserId
let caller: Awaited<ReturnType<World['call']>>
let acts: Act[]
let recording: string
let calls = 0

beforeAll(async () => {
  world = await startWorld()
  dir = mkdtempSync(join(tmpdir(), 'tsunagu-listening-'))
  ears = await PhoneEars.at(world, dir)
})
afterAll(async () => {
  ears.close()
  await world.stop()
  rmSync(dir, { recursive: true })
})

const records = () => ({ noted: () => undefined, act: (act: Act) => Promise.resolve(void acts.push(act)) })

/** 6320 talks to a caller, 6321 has a phone, sv1 looks on. */
beforeEach(async () => {
  acts = []
  engine = await startEngine(world, { records: records() })
  await engine.connected()
  chief = await readySupervisor(engine, world, { id: 'sv1', number: `6301${CHIEF}` })
  hanako = await readyOperator(engine, world, { id: '6320', number: `6320${HANAKO}` })
  taro = await readyOperator(engine, world, { id: '6321', number: `6321${TARO}` })
  await engine.core.desk.choose(taro, { kind: 'lunch' })
  recording = join(dir, `caller-${String(++calls)}.wav`)
  caller = await world.call({ tone: VOICES.caller, recordTo: recording })
  await expect.poll(() => phase(hanako)).toBe('ringing')
  await engine.core.desk.answer(hanako, PAGE)
  await expect.poll(() => phase(hanako)).toBe('talking')
})
afterEach(async () => {
  await caller.hangup()
  await expectAsteriskEmpty(engine)
  await logAllOut(engine)
  await engine.stop()
})

const view = (id: UserId) => engine.views.get(id)
const phase = (id: UserId) => view(id)?.call?.phase ?? 'none'
const listening = () => view(chief)?.listening
const listen = (mode: ListenMode, operatorId = hanako) =>
  engine.core.desk.listen(chief, PAGE, { operatorId, mode })
const everyone = { timeout: 5_000 }

/** Who hears whom, once it has settled. */
async function expectHeard(who: {
  caller?: string
  hanako?: string
  chief?: string
  taro?: string
}): Promise<void> {
  if (who.caller !== undefined) await expect.poll(() => heardIn(recording), everyone).toBe(who.caller)
  if (who.hanako !== undefined) await expect.poll(() => ears.at(HANAKO), everyone).toBe(who.hanako)
  if (who.taro !== undefined) await expect.poll(() => ears.at(TARO), everyone).toBe(who.taro)
  if (who.chief !== undefined) await expect.poll(() => ears.at(CHIEF), everyone).toBe(who.chief)
}

/** All that belongs to listenings in Asterisk. */
const ofListening = async (): Promise<string[]> => {
  const { channels, bridges } = await engine.telephony.facts()
  return [...channels, ...bridges].map(({ id }) => id).filter((id) => id.startsWith('hear-'))
}
const ear = (): string | undefined => view(chief)?.leg

/** The supervisor has begun, and hears them. */
async function begin(mode: ListenMode, operatorId = hanako): Promise<void> {
  expect(await listen(mode, operatorId)).toEqual(ok)
  await expect.poll(() => listening()).toMatchObject({ mode, up: true, operator: { id: operatorId } })
}

async function expectOver(): Promise<void> {
  await expect.poll(ofListening).toEqual([])
  expect(listening()).toBeUndefined()
  expect(ear()).toBeUndefined()
}

const HEARD: Record<ListenMode, { caller: string; hanako: string; chief: string }> = {
  listen: { caller: '07', hanako: 'caller', chief: '07 caller' },
  whisper: { caller: '07', hanako: '08 caller', chief: '07 caller' },
  barge: { caller: '07 08', hanako: '08 caller', chief: '07 caller' },
}

test('listen, whisper, barge, listen: everybody hears whom he should, on one leg that is never called again', async () => {
  await begin('listen')
  const leg = ear()
  for (const mode of ['listen', 'whisper', 'barge', 'listen'] as const) {
    expect(await listen(mode)).toEqual(ok)
    await expect.poll(() => listening()).toMatchObject({ mode, up: true })
    await expectHeard(HEARD[mode])
    expect(ear()).toBe(leg)
  }
  expect(phase(hanako)).toBe('talking')
  expect(await engine.core.desk.stopListening(chief, PAGE)).toEqual(ok)
  await expectOver()
  await expectHeard({ caller: '07', hanako: 'caller', chief: 'no phone call' })
  expect(acts.map(({ act }) => act)).toEqual(['listen', 'whisper', 'barge', 'listen', 'stop-listening'])
  expect(acts).toContainEqual({ by: 'sv1', act: 'barge', operator: '6320', callId: view(hanako)?.call?.id })
})

test('on hold the caller hears music and nobody else, the supervisor the operator; and all of them again after it', async () => {
  await begin('barge')
  await expectHeard(HEARD.barge)
  expect(await engine.core.desk.hold(hanako, PAGE)).toEqual(ok)
  await expectHeard({ chief: '07' })
  await expect.poll(() => heardIn(recording), everyone).not.toMatch(/07|08/)
  await expect.poll(() => loudness(recording, { fromMs: -500 }), everyone).toBeGreaterThan(-45)
  expect(await engine.core.desk.resume(hanako, PAGE)).toEqual(ok)
  await expectHeard(HEARD.barge)
})

test('two supervisors follow one operator into the consultation, and neither makes the other deaf to it', async () => {
  const other = await readySupervisor(engine, world, { id: 'sv2' })
  await begin('barge')
  expect(await engine.core.desk.listen(other, PAGE, { operatorId: hanako, mode: 'listen' })).toEqual(ok)
  await expect.poll(() => view(other)?.listening?.up).toBe(true)
  await engine.core.desk.hold(hanako, PAGE)
  expect(await engine.core.desk.dial(hanako, PAGE, '6321')).toEqual(ok)
  await expect.poll(() => phase(taro)).toBe('ringing')
  expect(await engine.core.desk.answer(taro, PAGE)).toEqual(ok)
  await expectHeard({ taro: '07 08', hanako: '08 09', chief: '07 09' })
  expect(view(other)?.listening).toMatchObject({ operator: { id: '6320' }, up: true })
  expect(await engine.core.desk.transfer(hanako, PAGE)).toEqual(ok)
  await expectOver()
})

test('a transfer goes on as ever: he hears the consultation, the caller does not, and it ends with the operator’s part', async () => {
  await begin('barge')
  await engine.core.desk.hold(hanako, PAGE)
  expect(await engine.core.desk.dial(hanako, PAGE, '6321')).toEqual(ok)
  await expect.poll(() => phase(taro)).toBe('ringing')
  expect(await engine.core.desk.answer(taro, PAGE)).toEqual(ok)
  await expectHeard({ taro: '07 08', hanako: '08 09', chief: '07 09' })
  await expect.poll(() => heardIn(recording), everyone).not.toMatch(/07|08|09/)
  expect(await engine.core.desk.transfer(hanako, PAGE)).toEqual(ok)
  await expectOver()
  await expectHeard({ caller: '09', taro: 'caller' })
  expect(view(hanako)?.status.kind).toBe('wrap-up')
  expect(await listen('listen')).toEqual({ ok: false, code: 'no-call' })
})

test('who parks has no call any more: it ends, and the caller waits for whoever takes him', async () => {
  await begin('whisper')
  expect(await engine.core.desk.park(hanako, PAGE, 2)).toEqual(ok)
  await expectOver()
  expect(await engine.core.desk.take(taro, PAGE, 2)).toEqual(ok)
  await expectHeard({ caller: '09', taro: 'caller' })
})

test('the operator reloads: his new leg is heard on the supervisor’s old one', async () => {
  await begin('whisper')
  const leg = ear()
  const before = view(hanako)?.leg
  await engine.core.desk.claimPhone(hanako, pageId('the-page-after'))
  await expect.poll(() => view(hanako)?.leg).not.toBe(before)
  await expect.poll(() => phase(hanako)).toBe('talking')
  await expectHeard(HEARD.whisper)
  expect(ear()).toBe(leg)
  expect(listening()).toMatchObject({ mode: 'whisper', up: true })
})

test('two supervisors hear one operator, and one of them moves on to another', async () => {
  const other = await readySupervisor(engine, world, { id: 'sv2' })
  await begin('listen')
  expect(await engine.core.desk.listen(other, PAGE, { operatorId: hanako, mode: 'listen' })).toEqual(ok)
  await expect.poll(() => view(other)?.listening?.up).toBe(true)
  expect(engine.core.listeners.of(hanako).map(({ id }) => id)).toEqual(['sv1', 'sv2'])
  expect(await engine.core.desk.dial(taro, PAGE, '0312345606')).toEqual(ok)
  await expect.poll(() => phase(taro)).toBe('talking')
  const leg = ear()
  expect(await listen('barge', taro)).toEqual(ok)
  // The far end echoes: what is said to it comes back.
  await expectHeard({ taro: '08 09', chief: '08 09', hanako: 'caller', caller: '07' })
  expect(ear()).toBe(leg)
  expect(view(other)?.listening).toMatchObject({ operator: { id: '6320' }, up: true })
  expect(await engine.core.desk.hangUp(taro, PAGE)).toEqual(ok)
  await expect.poll(() => listening()).toBeUndefined()
  expect(await engine.core.desk.stopListening(other, PAGE)).toEqual(ok)
})

describe('the supervisor’s own phone', () => {
  test('「切断」 ends it, and the call goes on', async () => {
    await begin('barge')
    expect(await engine.core.desk.hangUp(chief, PAGE)).toEqual(ok)
    await expectOver()
    await expectHeard({ caller: '07', hanako: 'caller' })
  })

  test('a leg that dies ends it', async () => {
    await begin('barge')
    await world.asterisk.ask('DELETE', `/channels/${ear() ?? ''}`)
    await expectOver()
    await expectHeard({ caller: '07', hanako: 'caller' })
  })

  test('another page of his ends it', async () => {
    await begin('listen')
    await engine.core.desk.claimPhone(chief, pageId('another-page'))
    await expectOver()
  })

  test('what he dials ends it first; and whoever calls him meanwhile finds him busy', async () => {
    await begin('listen')
    expect(await engine.core.desk.dial(taro, PAGE, '6301')).toEqual({ ok: false, code: 'party-busy' })
    expect(await engine.core.desk.dial(chief, PAGE, '6321')).toEqual(ok)
    await expect.poll(() => phase(taro)).toBe('ringing')
    // His leg is free before it rings; the spy lets go with the next packet of the leg that it heard.
    expect(listening()).toBeUndefined()
    expect((await ofListening()).filter((id) => !id.includes(':spy:'))).toEqual([])
    await expect.poll(ofListening).toEqual([])
    expect(await engine.core.desk.answer(taro, PAGE)).toEqual(ok)
    await expectHeard({ taro: '08', chief: '09' })
    expect(await listen('listen')).toEqual({ ok: false, code: 'in-call' })
    expect(await engine.core.desk.hangUp(chief, PAGE)).toEqual(ok)
  })

  test('the caller hangs up: it is over for both', async () => {
    await begin('whisper')
    await caller.hangup()
    await expectOver()
    expect(view(hanako)?.status.kind).toBe('wrap-up')
    expect(view(chief)?.status.kind).toBe('preparing')
  })

  test('he logs out: nothing is left of it', async () => {
    await begin('barge')
    expect(await engine.core.desk.logOut(chief)).toEqual(ok)
    await expect.poll(ofListening).toEqual([])
    await expectHeard({ caller: '07', hanako: 'caller' })
  })
})

describe('the process dies in the middle', () => {
  /** Killed, and started anew after `meanwhile`. */
  async function killed(meanwhile: () => Promise<unknown> = () => Promise.resolve()): Promise<void> {
    engine.kill()
    await meanwhile()
    engine = await startEngine(world, { prefix: engine.prefix, records: records() })
    await engine.connected()
    for (const id of [chief, hanako, taro]) await engine.core.desk.claimPhone(id, PAGE)
  }

  test('they are heard all the time, and the mode is switched on the same leg after it', async () => {
    await begin('whisper')
    const leg = ear()
    await killed(() => expectHeard(HEARD.whisper))
    await expect.poll(() => listening()).toMatchObject({ mode: 'whisper', up: true })
    await expectHeard(HEARD.whisper)
    expect(engine.core.listeners.of(hanako)).toMatchObject([{ id: 'sv1', mode: 'whisper' }])
    await begin('barge')
    await expectHeard(HEARD.barge)
    expect(ear()).toBe(leg)
    expect(await engine.core.desk.hangUp(chief, PAGE)).toEqual(ok)
    await expectOver()
  })

  test('what ended meanwhile is over', async () => {
    await begin('barge')
    await killed(() => caller.hangup())
    await expectOver()
  })

  test('a spy that was lost meanwhile is replaced', async () => {
    await begin('barge')
    await killed(async () => {
      const { body } = await world.asterisk.ask('GET', '/channels')
      const spy = (body as { id: string }[]).find(({ id }) => id.includes(':spy:'))?.id ?? ''
      await world.asterisk.ask('DELETE', `/channels/${spy}`)
    })
    await expectHeard(HEARD.barge)
  })

  test('what nobody knows of is taken away', async () => {
    await begin('barge')
    await killed(async () => {
      // The supervisor's record is lost, with all that it said.
      const { redis, prefix } = openRedis(engine.prefix)
      await redis.hdel(`${prefix}operator:sv1`, 'v', 'd')
      await redis.srem(`${prefix}operators`, 'sv1')
      redis.disconnect()
    })
    await expect.poll(ofListening).toEqual([])
    await expectHeard({ caller: '07', hanako: 'caller' })
  })
})
