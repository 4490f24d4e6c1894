import { callId, pageId, userId, type CallId, type UserId } from '@tsunagu/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Leaving } from '../../src/app/monitor/leaving.js'
import type { Act, Records } from '../../src/app/records/ports.js'
import { MAIN, SUPPORT } from '../support/directory.js'
import { testLog } from '../support/rig.js'
import { Stage, userOf } from '../support/stage.js'

const PAGE = pageId('page-of-the-test')
const naoko = { id: userId('6301'), name: '山本 直子' }
const ok = { ok: true }
const no = (code: string) => ({ ok: false, code })

let stage: Stage
let acts: Act[]
let hanako: UserId

beforeEach(async () => {
  acts = []
  const records: Records = { noted: () => undefined, act: (act) => Promise.resolve(void acts.push(act)) }
  stage = new Stage({ records })
  hanako = await stage.operator('6320')
  await supervisor()
})
afterEach(() => stage.close())

async function supervisor(): Promise<void> {
  const user = { ...userOf(naoko.id, []), role: 'supervisor' as const }
  const { desk, operators } = stage.core
  await desk.logIn(user, { tokenHash: 't', userId: user.id, createdAt: 0, phoneSecret: 's' })
  await desk.claimPhone(user.id, PAGE)
  await operators.apply(user.id, { type: 'registered', at: stage.now, registered: true })
}

const operator = async (id: UserId = hanako) => (await stage.live.operators.load(id))?.value
const statusOf = async (id?: UserId) => (await operator(id))?.status
const call = async (id = 'c1') => (await stage.live.calls.load(callId(id)))?.value

async function legUp(leg: string): Promise<void> {
  stage.core.engine.accept({ type: 'leg-up', at: stage.now, leg })
  await stage.quiet()
}

async function talking(): Promise<CallId> {
  await stage.caller('c1')
  await legUp('c1:leg:1')
  await stage.core.desk.answer(hanako, PAGE)
  await stage.quiet()
  expect(await call()).toMatchObject({ status: 'talking' })
  return callId('c1')
}

describe('ステータス変更', () => {
  test('holds at once, says who did it, and pressed twice changes nothing more', async () => {
    expect(await stage.acts.choose(naoko, hanako, { kind: 'lunch' })).toEqual(ok)
    const status = await statusOf()
    expect(status).toMatchObject({ kind: 'lunch', reason: 'by-supervisor' })
    stage.now += 1_000
    expect(await stage.acts.choose(naoko, hanako, { kind: 'lunch' })).toEqual(ok)
    expect(await statusOf()).toEqual(status)
    expect(acts).toEqual([{ by: naoko.id, act: 'choose-status', operator: hanako, detail: 'lunch' }])
  })

  test('during a call it is for after it, 準備中 too', async () => {
    await talking()
    expect(await stage.acts.choose(naoko, hanako, { kind: 'preparing' })).toEqual(ok)
    expect(await operator()).toMatchObject({ status: { kind: 'talking' }, next: { kind: 'preparing' } })
    await stage.core.desk.hangUp(hanako, PAGE)
    await stage.quiet()
    expect(await statusOf()).toMatchObject({ kind: 'preparing' })
  })

  test('a label that the site does not have is no status; nor is there one of somebody who left', async () => {
    const work = { kind: 'other-work', work: '昼寝' } as const
    expect(await stage.acts.choose(naoko, hanako, work)).toEqual(no('bad-request'))
    await stage.core.desk.dropOut(hanako, 'forced')
    expect(await stage.acts.endWrapUp(naoko, hanako)).toEqual(no('stale'))
    expect(acts).toEqual([])
  })
})

test('後処理終了: only of one who is in it', async () => {
  expect(await stage.acts.endWrapUp(naoko, hanako)).toEqual(no('wrong-state'))
  await talking()
  await stage.core.desk.hangUp(hanako, PAGE)
  await stage.quiet()
  expect(await statusOf()).toMatchObject({ kind: 'wrap-up' })
  expect(await stage.acts.endWrapUp(naoko, hanako)).toEqual(ok)
  expect(await statusOf()).toMatchObject({ kind: 'ready', reason: 'by-supervisor' })
})

describe('a waiting caller', () => {
  beforeEach(() => stage.core.desk.choose(hanako, { kind: 'lunch' }))

  test('is moved with his time, and is offered there', async () => {
    await stage.caller('c1')
    const taro = await stage.operator('6321', [SUPPORT])
    stage.now += 9_000
    expect(await stage.acts.move(naoko, callId('c1'), SUPPORT)).toEqual(ok)
    await stage.quiet()
    expect(await call()).toMatchObject({
      status: 'offered',
      queueId: SUPPORT,
      operatorId: taro,
      waitedMs: 9_000,
    })
    expect((await call())?.notes?.visit).toMatchObject({ n: 2, queueId: SUPPORT, enteredAt: 1_000_000 })
    // He stands in no line any more: not in that of the queue he left either.
    await stage.core.desk.choose(hanako, { kind: 'ready' })
    await stage.quiet()
    expect((await operator())?.callId).toBeUndefined()
    expect(await stage.acts.move(naoko, callId('c1'), MAIN)).toEqual(no('stale'))
    expect(await stage.acts.move(naoko, callId('c1'), 'nowhere' as never)).toEqual(no('bad-request'))
  })

  test('moved and moved back he is in one line only', async () => {
    await stage.caller('c1')
    await stage.acts.move(naoko, callId('c1'), SUPPORT)
    await stage.acts.move(naoko, callId('c1'), MAIN)
    await stage.operator('6321', [SUPPORT])
    await stage.quiet()
    expect(await call()).toMatchObject({ status: 'waiting', queueId: MAIN })
  })

  test('sent to the front he is served before those who came first', async () => {
    for (const id of ['c1', 'c2', 'c3']) await stage.caller(id)
    expect(await stage.acts.front(naoko, callId('c3'))).toEqual(ok)
    await stage.core.desk.choose(hanako, { kind: 'ready' })
    await stage.quiet()
    expect(await call('c3')).toMatchObject({ status: 'offered', operatorId: hanako })
  })

  test('is taken by the supervisor, who has him and is free afterwards', async () => {
    await stage.caller('c1')
    expect(await stage.acts.take(naoko, callId('c1'))).toEqual(ok)
    await legUp('c1:leg:1')
    expect(await call()).toMatchObject({ status: 'talking', operatorId: naoko.id })
    expect(await stage.acts.take(naoko, callId('c1'))).toEqual(no('in-call'))
    await stage.core.desk.hangUp(naoko.id, PAGE)
    await stage.quiet()
    expect(await statusOf(naoko.id)).toMatchObject({ kind: 'preparing' })
    expect(acts).toEqual([{ by: naoko.id, act: 'take-waiting', callId: 'c1' }])
  })

  test('who has hung up cannot be taken; the supervisor is as before', async () => {
    expect(await stage.acts.take(naoko, callId('c9'))).toEqual(no('stale'))
    expect((await operator(naoko.id))?.callId).toBeUndefined()
    await stage.core.operators.apply(naoko.id, { type: 'page-gone', at: 0, page: PAGE })
    await stage.caller('c1')
    expect(await stage.acts.take(naoko, callId('c1'))).toEqual(no('no-phone'))
  })
})

test('引き取る: the caller goes to the supervisor, the operator into 後処理', async () => {
  const id = await talking()
  expect(await stage.acts.takeOver(naoko, hanako)).toEqual(ok)
  await stage.quiet()
  expect(await statusOf()).toMatchObject({ kind: 'wrap-up', reason: 'taken-over' })
  await legUp('c1:leg:2')
  expect(await call()).toMatchObject({ status: 'talking', operatorId: naoko.id })
  expect(acts).toEqual([{ by: naoko.id, act: 'take-over', operator: hanako, callId: id }])
  expect(await stage.acts.takeOver(naoko, hanako)).toEqual(no('no-call'))
})

test('what cannot be taken over costs the supervisor nothing: he goes on listening', async () => {
  const id = await talking()
  const { desk } = stage.core
  const listening = async () => (await operator(naoko.id))?.listening
  expect(await desk.listen(naoko.id, PAGE, { operatorId: hanako, mode: 'listen' })).toEqual(ok)
  await stage.quiet()
  const before = await listening()
  expect(before).toMatchObject({ operator: { id: hanako } })
  await desk.hold(hanako, PAGE)
  await desk.dial(hanako, PAGE, '0312345678')
  await stage.quiet()
  expect(await call()).toMatchObject({ status: 'consulting' })
  expect(await stage.acts.takeOver(naoko, hanako)).toEqual(no('stale'))
  expect(await stage.acts.take(naoko, id)).toEqual(no('stale'))
  await stage.quiet()
  expect((await listening())?.id).toBe(before?.id)
  expect(acts.map(({ act }) => act)).toEqual(['listen'])
})

test('a supervisor is nobody to act on: he keeps his status and his call', async () => {
  const makoto = { id: userId('6302'), name: '中村 誠' }
  expect(await stage.acts.choose(makoto, naoko.id, { kind: 'lunch' })).toEqual(no('wrong-state'))
  await stage.core.desk.choose(hanako, { kind: 'lunch' })
  await stage.caller('c1')
  await stage.acts.take(naoko, callId('c1'))
  await legUp('c1:leg:1')
  expect(await stage.acts.takeOver(makoto, naoko.id)).toEqual(no('no-call'))
  expect(acts).toMatchObject([{ act: 'take-waiting' }])
})

describe('強制ログアウト', () => {
  let ended: UserId[]
  let leaving: Leaving
  beforeEach(() => {
    ended = []
    const { operators } = stage.core
    const records: Records = { noted: () => undefined, act: (act) => Promise.resolve(void acts.push(act)) }
    leaving = new Leaving({
      operators,
      liveOperators: stage.live.operators,
      records,
      clock: { now: () => stage.now },
      log: testLog,
      endSession: (id) => Promise.resolve(ended.push(id) > 0),
    })
    stage.floor.watch(leaving)
  })

  test('at once, whatever he does', async () => {
    await talking()
    expect(await leaving.logOut(naoko, hanako, 'now')).toEqual(ok)
    expect(ended).toEqual([hanako])
    expect(acts).toMatchObject([{ act: 'log-out', operator: hanako, callId: 'c1' }])
  })

  test('no other supervisor, no administrator, and nobody who has left: and then there is no act', async () => {
    for (const id of [naoko.id, userId('admin')]) {
      expect(await leaving.logOut(naoko, id, 'now')).toEqual(no('stale'))
      expect(await leaving.logOut(naoko, id, 'after-call')).toEqual(no('stale'))
    }
    await stage.core.desk.dropOut(hanako, 'forced')
    expect(await leaving.logOut(naoko, hanako, 'now')).toEqual(no('stale'))
    expect([ended, acts]).toEqual([[], []])
  })

  test('after the call, and only then', async () => {
    await talking()
    expect(await leaving.logOut(naoko, hanako, 'after-call')).toEqual(ok)
    expect(ended).toEqual([])
    expect(await operator()).toMatchObject({ leavesAfterCall: true })
    await stage.core.desk.hangUp(hanako, PAGE)
    await stage.quiet()
    expect(ended).toEqual([hanako])
  })

  test('his login ends once, and no call is offered to him meanwhile', async () => {
    await stage.caller('c1')
    await leaving.logOut(naoko, hanako, 'after-call')
    await stage.caller('c2')
    stage.core.engine.accept({ type: 'channel-gone', at: stage.now, channel: 'c1', why: 'unreachable' })
    await stage.quiet()
    expect(await operator()).toMatchObject({ status: { kind: 'ready' }, leavesAfterCall: true })
    expect(await call('c2')).toMatchObject({ status: 'waiting' })
    expect(ended).toEqual([hanako])

    let end = (): void => undefined
    const slow = new Leaving({
      ...{ operators: stage.core.operators, liveOperators: stage.live.operators, log: testLog },
      records: { noted: () => undefined, act: () => Promise.resolve() },
      clock: { now: () => stage.now },
      endSession: (id) => new Promise((resolve) => ((end = () => resolve(true)), ended.push(id))),
    })
    const whom = (await operator())!
    for (let saved = 0; saved < 3; saved++) slow.operator(whom)
    expect(ended).toHaveLength(2)
    end()
    await stage.quiet()
    slow.operator(whom)
    expect(ended).toHaveLength(3)
  })

  test('after a call that is over already means at once; also when the process died in between', async () => {
    expect(await leaving.logOut(naoko, hanako, 'after-call')).toEqual(ok)
    expect(ended).toEqual([hanako])
    await stage.core.operators.apply(hanako, { type: 'leaves-after-call', at: stage.now })
    expect(ended).toHaveLength(2)
    await stage.floor.load({ operators: stage.live.operators, calls: stage.live.calls })
    expect(ended).toHaveLength(3)
  })
})
