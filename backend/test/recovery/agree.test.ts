import { callId, legId, pageId, userId } from '@tsunagu/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { setTimeout } from 'node:timers/promises'
import { testDirectory } from '../support/directory.js'
import { waitingCall } from '../support/people.js'
import { Stage } from '../support/stage.js'

const PAGE = pageId('page-of-the-test')

/** Crashes and coincidences that the real Asterisk does not make on demand, on real Redis. */
let stage: Stage
beforeEach(() => {
  stage = new Stage()
})
afterEach(() => stage.close())

const operator = async (id: string) => (await stage.live.operators.load(userId(id)))!.value
const call = async (id: string) => (await stage.live.calls.load(callId(id)))?.value
const channel = (id: string, createdAt = 0) => ({
  id,
  up: true,
  dialled: '0350600025',
  callerNumber: '',
  createdAt,
})

test('died between taking the operator and offering him the call: he is free again, the call is his next', async () => {
  const hanako = await stage.operator('6320')
  const taken = { type: 'offered', at: stage.now, callId: callId('c1') } as const
  await stage.core.operators.apply(hanako, taken, { quiet: true })
  await stage.live.calls.save(waitingCall('c1', { since: stage.now, picked: true }), 0)
  stage.telephony.now = { channels: [channel('c1')], bridges: [], registered: ['6320'] }
  await stage.core.recovery.run()
  await stage.quiet()
  expect((await operator('6320')).status.kind).toBe('ringing')
  expect(await call('c1')).toMatchObject({ status: 'offered', operatorId: '6320' })
})

test('died between the end of the talk and telling the operator: wrap-up', async () => {
  const hanako = await stage.operator('6320')
  await stage.caller('c1')
  stage.core.engine.accept({ type: 'leg-up', at: stage.now, leg: 'c1:leg:1' })
  await stage.quiet()
  await stage.core.desk.answer(hanako, PAGE)
  await stage.quiet()
  expect((await operator('6320')).status.kind).toBe('talking')
  const { value, version } = (await stage.live.calls.load(callId('c1')))!
  await stage.live.calls.save(
    { ...value, status: 'ended', reason: 'caller-hung-up', channels: [] } as never,
    version,
  )
  await stage.core.recovery.run()
  await stage.quiet()
  expect(await operator('6320')).toMatchObject({ status: { kind: 'wrap-up' } })
  expect((await operator('6320')).callId).toBeUndefined()
})

test('callers nobody knows meet free operators while both still agree: nobody is torn apart', async () => {
  // A slow directory keeps distribution between the operator and the call.
  const quick = testDirectory(20_000)
  let asked = 0
  const queues = async () => {
    // The first to ask is recovery, which is to be the quicker one.
    if (asked++ % 3 > 0) await setTimeout((asked * 7) % 5)
    return quick.queues()
  }
  await stage.close()
  stage = new Stage({ directory: { ...quick, queues } })
  for (const id of ['6320', '6321', '6322']) await stage.operator(id)
  for (let round = 0; round < 20; round++) {
    const ids = [1, 2, 3].map((n) => `r${String(round)}n${String(n)}`)
    stage.telephony.now = {
      channels: ids.map((id, i) => channel(id, i)),
      bridges: [],
      registered: ['6320', '6321', '6322'],
    }
    await stage.core.recovery.run()
    await stage.quiet()
    for (const found of await stage.live.operators.list()) {
      expect(found.status.kind).toBe('ringing')
      expect(await call(found.callId!)).toMatchObject({ status: 'offered', operatorId: found.id })
    }
    for (const id of ids) {
      stage.core.engine.accept({ type: 'channel-gone', at: stage.now, channel: id, why: 'unreachable' })
    }
    stage.telephony.now = { channels: [], bridges: [], registered: ['6320', '6321', '6322'] }
    await stage.quiet()
  }
})

test('a leg that came up at the moment of the reconnect is told twice, and lives', async () => {
  await stage.operator('6320')
  await stage.caller('c1')
  const leg = 'c1:leg:1'
  const channels = [channel('c1'), { ...channel(leg), dialled: '' }]
  stage.telephony.now = { channels, bridges: [], registered: ['6320'] }
  await stage.core.recovery.run()
  stage.core.engine.accept({ type: 'leg-up', at: stage.now, leg })
  await stage.quiet()
  expect(stage.telephony.said).not.toContain(`hangUp ${leg}`)
  expect(await call('c1')).toMatchObject({ leg: { id: leg, up: true } })
})

test('a leg that nobody waits for any more is hung up', async () => {
  await stage.operator('6320')
  await stage.caller('c1')
  await stage.until(stage.now + 20_000)
  stage.telephony.said.length = 0
  stage.core.engine.accept({ type: 'leg-up', at: stage.now, leg: 'c1:leg:1' })
  await stage.quiet()
  expect(stage.telephony.said).toEqual(['hangUp c1:leg:1'])
})

test('a call that moved on since it was listed is not done to again', async () => {
  await stage.caller('c1')
  await stage.until(stage.now + 3_000)
  const listed = (await call('c1'))!
  const hanako = await stage.operator('6320')
  await stage.quiet()
  stage.core.engine.accept({ type: 'leg-up', at: stage.now, leg: 'c1:leg:1' })
  await stage.quiet()
  await stage.core.desk.answer(hanako, PAGE)
  await stage.quiet()
  stage.telephony.said.length = 0
  const effects = [{ do: 'start-music' as const, channel: 'c1' }]
  await stage.core.calls.catchUp(listed, { events: [], effects })
  expect(stage.telephony.said).toEqual([])
  await stage.core.calls.catchUp(listed, {
    events: [{ type: 'leg-gone', at: 0, leg: legId('c1:leg:1') }],
    effects,
  })
  expect((await call('c1'))?.status).toBe('stranded')
})

test('a wrap-up whose alarm was lost ends', async () => {
  const hanako = await stage.operator('6320')
  const { value, version } = (await stage.live.operators.load(hanako))!
  const status = { kind: 'wrap-up', since: stage.now, endsAt: stage.now + 5_000 } as const
  await stage.live.operators.save({ ...value, status }, version)
  await stage.redis.del(stage.keys.alarms)
  stage.now += 5_000
  await stage.core.recovery.run()
  expect((await operator('6320')).status.kind).toBe('ready')
})
