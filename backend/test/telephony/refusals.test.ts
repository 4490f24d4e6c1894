import { randomUUID } from 'node:crypto'
import { callId, legId } from '@tsunagu/contract'
import { beforeEach, afterEach, expect, test } from 'vitest'
import type { CommandResult } from '../../src/app/ports.js'
import { readyOperator, startEngine, type Engine, type World } from '../support/rig.js'
import { expectAsteriskEmpty, logAllOut, withWorld } from '../support/rig-hooks.js'

/** What the real Asterisk says to what cannot be done; `classify.test.ts` keeps its words. */
let world: World
let engine: Engine

withWorld((started) => (world = started))
beforeEach(async () => {
  engine = await startEngine(world, { ringMs: 3_000 })
  await engine.connected()
})
afterEach(async () => {
  await expectAsteriskEmpty(engine)
  await logAllOut(engine)
  await engine.stop()
})

const told = (result: CommandResult): string => (result.ok ? 'ok' : `${result.code}: ${result.detail}`)
const nobody = 'nobody.1'

/** A caller in line, by the name of his channel. */
async function waitingCaller(): Promise<{ channel: string; hangup(): Promise<void> }> {
  const caller = await world.call()
  await caller.waitFor('answered')
  const [call] = await engine.store.calls.list()
  return { channel: call!.id, hangup: () => caller.hangup() }
}

test('a channel that is gone', async () => {
  const { telephony } = engine
  for (const command of ['ring', 'answer', 'startMusic', 'stopMusic'] as const) {
    expect(told(await telephony[command](nobody)), command).toBe('gone: Channel not found')
  }
  expect(told(await telephony.hangUp(nobody))).toBe('ok')
  expect(told(await telephony.sendDtmf(nobody, '1'))).toBe('gone: Channel not found')
})

test('a bridge that is gone, and one that exists already', async () => {
  const { telephony } = engine
  const { channel, hangup } = await waitingCaller()
  const bridge = `${channel}:talk`
  expect(told(await telephony.join(bridge, [channel]))).toBe('gone: Bridge not found')
  expect(told(await telephony.leave(bridge, channel))).toBe('gone: Bridge not found')
  expect(told(await telephony.destroyBridge(bridge))).toBe('ok')
  expect(told(await telephony.createBridge(bridge))).toBe('ok')
  expect(told(await telephony.createBridge(bridge))).toBe('ok')
  expect(told(await telephony.join(bridge, [channel, nobody]))).toBe('gone: Channel not found')
  expect(told(await telephony.leave(bridge, channel))).toMatch(/^conflict: Channel not in/)
  await telephony.destroyBridge(bridge)
  await hangup()
})

test('a leg to a phone nobody knows, to one that is not registered, and one that exists already', async () => {
  const { telephony } = engine
  const id = randomUUID()
  const leg = legId(`${id}:leg:1`)
  expect(told(await telephony.callPhone(leg, '6999', callId(id)))).toBe('unavailable: Allocation failed')
  await readyOperator(engine, world, { id: '6320', number: '632003' })
  await telephony.provisionPhone('6321', 'nobody', randomUUID())
  expect(told(await telephony.callPhone(leg, '6321', callId(id)))).toBe('unavailable: Allocation failed')
  expect(told(await telephony.callPhone(leg, '6320', callId(id)))).toBe('ok')
  expect(told(await telephony.callPhone(leg, '6320', callId(id)))).toMatch(/^conflict: /)
  // It still rings, so it is not ours to bridge.
  await telephony.createBridge(`${id}:talk`)
  expect(told(await telephony.join(`${id}:talk`, [leg]))).toBe('conflict: Channel not in Stasis application')
  await telephony.destroyBridge(`${id}:talk`)
  expect(told(await telephony.hangUp(leg))).toBe('ok')
  await telephony.removePhone('6321')
})

test('a phone that is removed twice, and one that never was', async () => {
  expect(told(await engine.telephony.provisionPhone('6321', 'taro', randomUUID()))).toBe('ok')
  expect(told(await engine.telephony.removePhone('6321'))).toBe('ok')
  expect(told(await engine.telephony.removePhone('6321'))).toBe('ok')
  expect(told(await engine.telephony.removePhone('6998'))).toBe('ok')
})
