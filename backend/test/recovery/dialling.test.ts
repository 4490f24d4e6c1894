import { legId, pageId, type UserId } from '@tsunagu/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TelephonyFacts } from '../../src/app/ports.js'
import { Stage } from '../support/stage.js'

/** What happens between two steps of dialling: a look at Asterisk, a fault, an outage. */
const PAGE = pageId('page-of-the-test')
let stage: Stage
let hanako: UserId

beforeEach(async () => {
  const quietly = () => undefined
  stage = new Stage({ log: { debug: quietly, info: quietly, warn: quietly, error: quietly } })
  hanako = await stage.operator('6320')
})
afterEach(async () => {
  stage.core.agreement.disconnected()
  await stage.close()
})

const call = async () => (await stage.live.calls.list())[0]
const callId = async () => String((await call())?.id)
const operator = async (id: UserId) => (await stage.live.operators.load(id))?.value
const said = (command: string) => stage.telephony.said.filter((words) => words.startsWith(command)).length
const held = async (...names: string[]): Promise<TelephonyFacts> => {
  const id = await callId()
  const fact = (name: string) => ({ id: `${id}:${name}`, up: name.startsWith('leg') })
  const rest = { dialled: '', callerNumber: '', createdAt: 0 }
  return {
    channels: names.map((name) => ({ ...fact(name), ...rest })),
    bridges: [],
    registered: ['6320', '6321'],
  }
}
const hear = async (type: 'party-ready' | 'party-up') => {
  stage.core.engine.accept({ type, at: stage.now, channel: `${await callId()}:far:1` })
  await stage.quiet()
}
const dial = async () => {
  expect(await stage.core.desk.dial(hanako, PAGE, '0312345678')).toEqual({ ok: true })
  stage.core.engine.accept({ type: 'leg-up', at: stage.now, leg: legId(`${await callId()}:leg:1`) })
  await stage.quiet()
}

test('a look that comes before the ordered channel does not end the call', async () => {
  await dial()
  stage.telephony.now = await held('leg:1')
  await stage.core.recovery.run({ again: false })
  expect((await call())?.status).toBe('dialling')
  await hear('party-ready')
  expect(said('dialOut')).toBe(1)
})

test('a look that sees the channel first does not dial it twice', async () => {
  await dial()
  stage.telephony.now = await held('leg:1', 'far:1')
  await stage.core.recovery.run({ again: false })
  await hear('party-ready')
  await stage.core.recovery.run({ again: true })
  expect(said('dialOut')).toBe(1)
})

test('a channel that came while nobody listened is dialled afterwards', async () => {
  await dial()
  stage.telephony.now = await held('leg:1', 'far:1')
  await stage.core.recovery.run({ again: true })
  expect(said('dialOut')).toBe(1)
})

test('a fault after the call was written: those who were claimed have the call they are in', async () => {
  const taro = await stage.operator('6321')
  const { callPhone } = stage.telephony
  stage.telephony.callPhone = () => Promise.reject(new Error('on purpose'))
  await expect(stage.core.desk.dial(hanako, PAGE, '6321')).rejects.toThrow('on purpose')
  stage.telephony.callPhone = callPhone
  const id = await callId()
  expect([(await operator(hanako))?.callId, (await operator(taro))?.callId]).toEqual([id, id])
  stage.telephony.now = await held()
  await stage.core.recovery.run({ again: true })
  expect(said('callPhone')).toBe(2)
})
