import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ListenMode, type UserId } from '@tsunagu/contract'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Act } from '../../src/app/records/ports.js'
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
  await expect.poll(async () => engine.telephony.facts()).toMatchObject({ channels: [], bridges: [] })
  for (const { id } of await engine.store.operators.list()) await engine.core.desk.dropOut(id, 'forced')
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

const HEARD: Record<ListenMode, { caller: string; hanako: string; chief: string }> = {
  listen: { caller: '07', hanako: 'caller', chief: '07 caller' },
  whisper: { caller: '07', hanako: '08 caller', chief: '07 caller' },
  barge: { caller: '07 08', hanako: '08 caller', chief: '07 caller' },
}

describe('who hears whom', () => {
  test.each(['listen', 'whisper', 'barge'] as const)('%s', async (mode) => {
    expect(await listen(mode)).toEqual(ok)
    await expect.poll(() => listening()).toMatchObject({ mode, up: true, operator: { id: '6320' } })
    await expectHeard(HEARD[mode])
    expect(phase(hanako)).toBe('talking')
  })
})
