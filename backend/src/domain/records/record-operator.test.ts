import type { CallId, UserId } from '@tsunagu/contract'
import { expect, test } from 'vitest'
import type { Operator, OperatorEvent } from '../operator/operator.js'
import { loggedIn, step } from '../operator/step.js'
import { recordLogin, recordLogout, recordOperator } from './record-operator.js'
import type { ClosedSpan, Visit } from './span.js'

const hanako = '6320' as UserId
const c1 = 'c1' as CallId
const visit = { n: 1, queueId: 'main', enteredAt: 500 } as Visit

/** A login told second by second. */
function story() {
  const begun = loggedIn({ id: hanako, name: '花子', extension: '6320', queues: [], at: 0 })
  const state = { operator: recordLogin({ ...begun, page: 'p', registered: true } as Operator, 0), at: 0 }
  const over: ClosedSpan[] = []
  const tell = (...events: object[]): void => {
    for (const event of events) {
      state.at += 1_000
      const told = { ...event, at: state.at } as OperatorEvent
      const result = step(state.operator, told)
      if ('refused' in result) throw new Error(`${told.type}: ${result.refused}`)
      const recorded = recordOperator(state.operator, result.next, told)
      state.operator = recorded.next
      over.push(...recorded.over)
    }
  }
  const leave = (): void => void over.push(...recordLogout(state.operator, state.at + 1_000, 'logged-out'))
  const lines = (): string[] =>
    over.map(({ kind, what, since, until, outcome, callId, visit: of, detail }) =>
      [kind, what, `${String(since / 1_000)}-${String(until / 1_000)}`, outcome, callId, of?.n, detail?.by]
        .filter((word) => word !== undefined)
        .join(' '),
    )
  return { tell, leave, lines, over }
}

const news = (type: string, more: object = {}) => ({ type: 'news', callId: c1, news: { type }, ...more })
const ready = { type: 'choose', choice: { kind: 'ready' } }

test('statuses follow each other without a gap, from login to logout', () => {
  const { tell, leave, lines, over } = story()
  const work = { kind: 'other-work', work: '研修' }
  tell(ready, { type: 'choose', choice: work }, ready)
  leave()
  expect(lines()).toEqual([
    'status preparing 0-1',
    'status ready 1-2',
    'status other-work 2-3',
    'status ready 3-4',
    'login 0-4 logged-out',
  ])
  expect(over[2]?.detail).toEqual({ work: '研修' })
  expect(new Set(over.map(({ key }) => key)).size).toBe(over.length)
})

test('a wrap-up belongs to the call and the visit it follows', () => {
  const { tell, leave, lines } = story()
  tell(ready, { type: 'offered', callId: c1 }, news('call-answered'), news('call-ended', { visit }), ready)
  leave()
  expect(lines().slice(2)).toEqual([
    'status ringing 2-3 c1',
    'status talking 3-4 c1',
    'status wrap-up 4-5 c1 1',
    'status ready 5-6',
    'login 0-6 logged-out',
  ])
})

test('interrupted by a dialled number that nobody answered, it goes on as the same call’s', () => {
  const { tell, leave, lines } = story()
  tell(ready, { type: 'offered', callId: c1 }, news('call-answered'), news('call-ended', { visit }))
  const about = { direction: 'out', internal: false, number: '0312345678' }
  tell({ type: 'dialling', callId: 'out-1', with: about }, { ...news('call-failed'), callId: 'out-1' })
  leave()
  expect(lines().slice(4, 7)).toEqual([
    'status wrap-up 4-5 c1 1',
    'status dialling 5-6 out-1',
    'status wrap-up 6-7 c1 1',
  ])
})

test('an alert is written when it is over, with who saw to it', () => {
  const { tell, over } = story()
  tell(
    { type: 'alert', on: true },
    { type: 'alert-acknowledged', by: '山本 直子' },
    { type: 'alert', on: false },
  )
  const detail = { acknowledgedBy: '山本 直子', acknowledgedAt: 2_000 }
  expect(over).toMatchObject([{ kind: 'alert', since: 1_000, until: 3_000, outcome: 'withdrawn', detail }])
})

test('an alert ends with the login', () => {
  const { tell, leave, lines } = story()
  tell({ type: 'alert', on: true })
  leave()
  expect(lines()).toContain('alert 1-2 logged-out')
})

test('an operator whom an earlier version has logged in is noted from his next step on', () => {
  const before = loggedIn({ id: hanako, name: '花子', extension: '6320', queues: [], at: 0 })
  const event = { type: 'choose', at: 9_000, choice: { kind: 'ready' } } as const
  const result = step(before, event)
  if ('refused' in result) throw new Error(result.refused)
  const { next } = recordOperator(before, result.next, event)
  expect(next.notes?.open.status).toMatchObject({ what: 'ready', since: 9_000 })
})

test('of a supervisor nothing is noted: he is in no figure', () => {
  const who = { id: 'sv1' as UserId, name: '直子', extension: '6301', supervises: true as const, queues: [] }
  const begun = recordLogin({ ...loggedIn({ ...who, at: 0 }), callId: c1 }, 0)
  const told: OperatorEvent = { ...news('call-answered'), at: 1_000 } as OperatorEvent
  const result = step(begun, told)
  expect('next' in result && recordOperator(begun, result.next, told)).toMatchObject({ over: [] })
  expect(recordLogout(begun, 2_000, 'logged-out')).toEqual([])
})
