import type { CallId, PageId, QueueId, StatusKind, UserId } from '@tsunagu/contract'
import { describe, expect, test } from 'vitest'
import type { OperatorNews } from '../call/messages.js'
import { isAvailable, type Operator, type OperatorEvent } from './operator.js'
import { loggedIn, step } from './step.js'

/** Calls that are not a queue's: dialled by the operator, or by a colleague (operator.md section 3). */
const c1 = 'c1' as CallId
const fresh = loggedIn({
  id: '6320' as UserId,
  name: '佐藤 花子',
  extension: '6320',
  queues: ['main' as QueueId],
  at: 0,
})
const seated: OperatorEvent[] = [
  { type: 'page-claimed', at: 10, page: 'page-one' as PageId },
  { type: 'registered', at: 20, registered: true },
]
const ready: OperatorEvent = { type: 'choose', at: 100, choice: { kind: 'ready' } }
const lunch: OperatorEvent = { type: 'choose', at: 100, choice: { kind: 'lunch' } }

const outside: OperatorEvent = {
  type: 'dialling',
  at: 1_000,
  callId: c1,
  with: { direction: 'out', internal: false, number: '0312345678' },
}
const colleague: OperatorEvent = {
  type: 'dialling',
  at: 1_000,
  callId: c1,
  with: { direction: 'out', internal: true, number: '6321' },
}
const called: OperatorEvent = { type: 'called', at: 1_000, callId: c1, number: '6321' }
const news = (told: OperatorNews, at = 5_000): OperatorEvent => ({ type: 'news', at, callId: c1, news: told })
const answered = news({ type: 'call-answered' }, 2_000)
const ended = news({ type: 'call-ended' })

function after(...events: OperatorEvent[]): Operator {
  return [...seated, ...events].reduce((operator, event) => {
    const result = step(operator, event)
    if ('refused' in result) throw new Error(`${event.type}: ${result.refused}`)
    return result.next
  }, fresh)
}

const statusOf = (...events: OperatorEvent[]) => after(...events).status
const preparing: OperatorEvent[] = []

const TABLE: [what: string, events: OperatorEvent[], kind: StatusKind, since: number][] = [
  ['dialling outside: 発信中', [ready, outside], 'dialling', 1_000],
  ['… answered: 通話中', [ready, outside, answered], 'talking', 2_000],
  ['… over: 後処理', [ready, outside, answered, ended], 'wrap-up', 5_000],
  ['… failed from 受付可', [ready, outside, news({ type: 'call-failed', reason: 'busy' })], 'ready', 5_000],
  ['… failed from 昼休憩', [lunch, outside, news({ type: 'call-failed', reason: 'busy' })], 'lunch', 5_000],
  ['… given up from 準備中', [...preparing, outside, news({ type: 'call-failed' })], 'preparing', 5_000],
  ['dialling a colleague: 発信中', [ready, colleague], 'dialling', 1_000],
  ['… answered, from 受付可: 内線通話', [ready, colleague, answered], 'internal', 2_000],
  ['… over: 受付可', [ready, colleague, answered, ended], 'ready', 5_000],
  ['… answered, from 昼休憩: 昼休憩', [lunch, colleague, answered], 'lunch', 2_000],
  ['… over: 昼休憩, with its clock', [lunch, colleague, answered, ended], 'lunch', 2_000],
  ['called by a colleague: nothing changes', [ready, called], 'ready', 100],
  ['… answered, from 受付可: 内線通話', [ready, called, answered], 'internal', 2_000],
  ['… over: 受付可', [ready, called, answered, ended], 'ready', 5_000],
  ['… answered, from 昼休憩: its clock runs on', [lunch, called, answered, ended], 'lunch', 100],
  [
    '… missed in 受付可: 受付可',
    [ready, called, news({ type: 'call-missed', reason: 'no-answer' })],
    'ready',
    100,
  ],
  ['… rejected', [lunch, called, news({ type: 'call-missed', reason: 'rejected' })], 'lunch', 100],
  ['… withdrawn', [ready, called, news({ type: 'call-withdrawn' })], 'ready', 100],
]
test.each(TABLE)('%s', (...[, events, kind, since]) => {
  expect(statusOf(...events)).toMatchObject({ kind, since })
})

test('a failure names its cause beside the status', () => {
  const failed = news({ type: 'call-failed', reason: 'no-such-number' })
  expect(statusOf(ready, outside, failed).reason).toBe('no-such-number')
  expect(statusOf(ready, colleague, news({ type: 'call-failed', reason: 'declined' })).reason).toBe(
    'declined',
  )
})

test('nobody with a call, or without a phone, dials or is called', () => {
  for (const event of [outside, colleague, called]) {
    expect(step(after(ready, outside), event)).toEqual({ refused: 'wrong-state' })
    expect(step(fresh, event)).toEqual({ refused: 'wrong-state' })
  }
})

test('an internal call keeps queue calls away, and gives back the place among the idle', () => {
  expect(isAvailable(after(ready, called))).toBe(false)
  const over = after(ready, called, answered, ended)
  expect([isAvailable(over), over.idleSince]).toEqual([true, 100])
  expect(over).not.toHaveProperty('callWith')
})

test('a limited wrap-up goes on after a call that failed', () => {
  const wrapUp: OperatorEvent[] = [
    ready,
    { type: 'offered', at: 200, callId: 'c0' as CallId },
    { type: 'news', at: 500, callId: 'c0' as CallId, news: { type: 'call-ended' }, wrapUpMs: 60_000 },
  ]
  const back = statusOf(...wrapUp, outside, news({ type: 'call-failed' }))
  expect(back).toMatchObject({ kind: 'wrap-up', endsAt: 60_500 })
})

test('a limited wrap-up that ends in a talk with a colleague: 内線通話, then 受付可', () => {
  const wrapUp: OperatorEvent[] = [
    ready,
    { type: 'offered', at: 200, callId: 'c0' as CallId },
    { type: 'news', at: 500, callId: 'c0' as CallId, news: { type: 'call-ended' }, wrapUpMs: 3_000 },
  ]
  const over: OperatorEvent = { type: 'deadline', at: 3_500 }
  expect(statusOf(...wrapUp, called, over).kind).toBe('ready')
  expect(statusOf(...wrapUp, called, answered, over)).toMatchObject({ kind: 'internal', since: 3_500 })
  expect(statusOf(...wrapUp, called, answered, over, ended).kind).toBe('ready')
})

describe('a supervisor', () => {
  const supervise = (events: OperatorEvent[]): Operator =>
    [...seated, ...events].reduce<Operator>(
      (operator, event) => {
        const result = step(operator, event)
        return 'refused' in result ? operator : result.next
      },
      { ...fresh, supervises: true },
    )

  test.each<[string, OperatorEvent[]]>([
    ['an outside call', [outside, answered, ended]],
    ['a caller who was handed to him', [called, news({ type: 'call-handed', answered: true }), ended]],
    ['a call with a colleague', [colleague, answered, ended]],
  ])('is free at once after %s', (_, events) => {
    const free = supervise(events)
    expect(free.status).toMatchObject({ kind: 'preparing' })
    expect(free.callId).toBeUndefined()
  })

  test('gets no queue call, whatever his record says', () => {
    expect(isAvailable(supervise([ready]))).toBe(false)
    expect(isAvailable(after(ready))).toBe(true)
  })
})

describe('a status chosen meanwhile', () => {
  const choose: OperatorEvent = { type: 'choose', at: 3_000, choice: { kind: 'short-break' } }
  const back: OperatorEvent = { type: 'choose', at: 9_000, choice: { kind: 'short-break' } }

  test('begins when the internal call ends, and leads back to 受付可', () => {
    const over = after(ready, called, answered, choose, ended)
    expect(over.status).toMatchObject({ kind: 'short-break', since: 5_000 })
    expect(statusOf(ready, called, answered, choose, ended, back).kind).toBe('ready')
  })

  test('after an outside call it leads back to its 後処理', () => {
    expect(statusOf(ready, outside, answered, choose, ended, back).kind).toBe('wrap-up')
  })

  test('after a call that found nobody it leads back to what was before', () => {
    const failed = news({ type: 'call-failed', reason: 'busy' })
    expect(statusOf(lunch, outside, choose, failed, back).kind).toBe('lunch')
  })
})

describe('a transfer', () => {
  const caller = { number: '09011111111', reached: '0350600025' }
  const held = [
    ready,
    { type: 'offered', at: 200, callId: c1 } as const,
    answered,
    news({ type: 'call-held' }, 3_000),
  ]

  test.each<[string, OperatorNews[], StatusKind]>([
    ['the target rings: 発信中', [{ type: 'consult-begun' }], 'dialling'],
    ['the target answers: 通話中', [{ type: 'consult-begun' }, { type: 'consult-answered' }], 'talking'],
    [
      'the target is gone: 保留中',
      [{ type: 'consult-begun' }, { type: 'consult-over', reason: 'busy' }],
      'held',
    ],
    ['executed: 後処理', [{ type: 'consult-begun' }, { type: 'call-ended' }], 'wrap-up'],
  ])('%s', (_, told, kind) => {
    expect(statusOf(...held, ...told.map((one, i) => news(one, 4_000 + i))).kind).toBe(kind)
  })

  test('who gets the caller has a call like any from outside', () => {
    const handed = news({ type: 'call-handed', answered: true })
    expect(statusOf(lunch, called, answered, handed).kind).toBe('talking')
    expect(statusOf(lunch, called, answered, handed, news({ type: 'call-ended' }, 9_000)).kind).toBe(
      'wrap-up',
    )
  })

  test('handed over while it rings, and missed: a break goes on, 受付可 becomes 準備中', () => {
    const handed = news({ type: 'call-handed', answered: false })
    const missed = news({ type: 'call-missed', reason: 'no-answer' }, 9_000)
    expect(statusOf(ready, called, handed).kind).toBe('ringing')
    expect(statusOf(ready, called, handed, missed)).toMatchObject({ kind: 'preparing', reason: 'no-answer' })
    expect(statusOf(lunch, called, handed, missed).kind).toBe('lunch')
  })

  test('the caller leaves them: after the talk with the colleague his 後処理 is due', () => {
    const since = { calledAt: 3_500, answeredAt: 3_600 }
    const told = [
      news({ type: 'consult-begun' }, 3_500),
      news({ type: 'consult-answered' }, 3_600),
      news({ type: 'caller-left', number: '6321', internal: true, ...since, caller }, 4_000),
    ]
    expect(statusOf(...held, ...told)).toMatchObject({ kind: 'talking', reason: 'caller-left' })
    expect(statusOf(...held, ...told, ended).kind).toBe('wrap-up')
  })
})
