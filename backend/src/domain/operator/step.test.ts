import type { CallId, Choice, PageId, QueueId, UserId } from '@tsunagu/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { OperatorNews } from '../call/messages.js'
import { isAvailable, type Operator, type OperatorEvent } from './operator.js'
import { loggedIn, nextDeadline, step } from './step.js'

const c1 = 'c1' as CallId
const page = 'page-one' as PageId
const hanako = loggedIn({
  id: '6320' as UserId,
  name: '佐藤 花子',
  extension: '6320',
  queues: ['main' as QueueId],
  at: 0,
})

function after(...events: OperatorEvent[]): Operator {
  return events.reduce((operator, event) => {
    const result = step(operator, event)
    return 'refused' in result ? operator : result.next
  }, hanako)
}

const choose = (choice: Choice['kind'] | Choice, at = 100): OperatorEvent => ({
  type: 'choose',
  at,
  choice: typeof choice === 'string' ? ({ kind: choice } as Choice) : choice,
})
const study: Choice = { kind: 'other-work', work: '研修' }
const news = (told: OperatorNews, at = 5_000, wrapUpMs?: number): OperatorEvent => ({
  type: 'news',
  at,
  callId: c1,
  news: told,
  ...(wrapUpMs === undefined ? {} : { wrapUpMs }),
})
const phone: OperatorEvent[] = [
  { type: 'page-claimed', at: 10, page },
  { type: 'registered', at: 20, registered: true },
]
const ringing: OperatorEvent[] = [...phone, choose('ready'), { type: 'offered', at: 1_000, callId: c1 }]
const talking: OperatorEvent[] = [...ringing, news({ type: 'call-answered' }, 2_000)]

test('after login: 準備中', () => {
  expect(hanako.status).toEqual({ kind: 'preparing', since: 0 })
})

describe('who gets queue calls', () => {
  test('only 受付可, with a page and a registered phone, without a call', () => {
    expect(isAvailable(after(...phone, choose('ready')))).toBe(true)
    expect(isAvailable(after(...phone))).toBe(false)
    expect(isAvailable(after(choose('ready'), phone[0]!))).toBe(false)
    expect(isAvailable(after(choose('ready'), phone[1]!))).toBe(false)
    expect(isAvailable(after(...ringing))).toBe(false)
  })

  test('an operator who is not free refuses the offer', () => {
    expect(step(after(...phone), { type: 'offered', at: 1, callId: c1 })).toEqual({ refused: 'wrong-state' })
  })

  test('a disconnected operator keeps his status and gets nothing', () => {
    const gone = after(...phone, choose('ready'), { type: 'page-gone', at: 200, page })
    expect(gone.status.kind).toBe('ready')
    expect(isAvailable(gone)).toBe(false)
  })
})

describe('toggles', () => {
  test.each<[string, OperatorEvent[], object]>([
    [
      '小休憩 again goes back to the status before',
      [choose(study, 1), choose('short-break', 2), choose('short-break', 3)],
      { kind: 'other-work', work: '研修', since: 3 },
    ],
    [
      '小休憩 from 受付可 and back',
      [choose('ready', 1), choose('short-break', 2), choose('short-break', 3)],
      { kind: 'ready', since: 3 },
    ],
    [
      '昼休憩 again: 準備中',
      [choose('ready', 1), choose('lunch', 2), choose('lunch', 3)],
      { kind: 'preparing', since: 3 },
    ],
    [
      '別作業 again: 準備中',
      [choose('ready', 1), choose(study, 2), choose(study, 3)],
      { kind: 'preparing', since: 3 },
    ],
    [
      'another 別作業 is another status',
      [choose(study, 1), choose({ kind: 'other-work', work: 'その他' }, 2)],
      { kind: 'other-work', work: 'その他', since: 2 },
    ],
    [
      '受付可 again changes nothing, not even the clock',
      [choose('ready', 1), choose('ready', 9)],
      { kind: 'ready', since: 1 },
    ],
    [
      'a break in a break forgets the first',
      [choose('short-break', 1), choose('lunch', 2), choose('lunch', 3)],
      { kind: 'preparing', since: 3 },
    ],
  ])('%s', (_rule, events, status) => {
    expect(after(...events).status).toEqual(status)
  })
})

describe('a call that comes while he is not 受付可', () => {
  const lunch = [...phone, choose('lunch', 500)]
  const rungBack: OperatorEvent = { type: 'rung-back', at: 1_000, callId: c1 }

  test('rings, and leads back to what he did when nobody spoke', () => {
    expect(after(...lunch, rungBack).status.kind).toBe('ringing')
    expect(after(...lunch, rungBack, news({ type: 'call-withdrawn' })).status).toEqual({
      kind: 'lunch',
      since: 5_000,
    })
    const missed = after(...lunch, rungBack, news({ type: 'call-missed', reason: 'no-answer' }))
    expect(missed.status).toEqual({ kind: 'lunch', since: 5_000 })
  })

  test('ends in 後処理 like any other', () => {
    const story = [...lunch, rungBack, news({ type: 'call-answered' }, 2_000), news({ type: 'call-ended' })]
    expect(after(...story)).toMatchObject({ status: { kind: 'wrap-up' } })
    expect(after(...story).beforeCall).toBeUndefined()
  })

  test('who is late at a slot keeps his status and its clock', () => {
    const before = after(...lunch).status
    const late: OperatorEvent = { type: 'not-taken', at: 1_100, callId: c1, status: before }
    expect(after(...lunch, { type: 'taking', at: 1_000, callId: c1 }, late).status).toEqual(before)
  })

  test('is refused by one who has a call, or no phone', () => {
    expect(step(after(...talking), rungBack)).toEqual({ refused: 'wrong-state' })
    expect(step(after(choose('lunch')), rungBack)).toEqual({ refused: 'wrong-state' })
  })
})

describe('アラート', () => {
  const on: OperatorEvent = { type: 'alert', at: 100, on: true }

  test('on, acknowledged, off', () => {
    expect(after(on).alert).toEqual({ since: 100 })
    expect(after(on, { type: 'alert-acknowledged', at: 200, by: '山本 直子' }).alert).toEqual({
      since: 100,
      acknowledgedBy: '山本 直子',
    })
    expect(after(on, { type: 'alert', at: 300, on: false }).alert).toBeUndefined()
  })

  test('pressing twice, and acknowledging what is withdrawn, change nothing', () => {
    expect(step(after(on), on)).toEqual({ refused: 'stale' })
    expect(step(hanako, { type: 'alert-acknowledged', at: 200, by: 'x' })).toEqual({ refused: 'stale' })
  })
})

describe('a call', () => {
  test('rings, is up, and ends in 後処理', () => {
    expect(after(...ringing).status).toEqual({ kind: 'ringing', since: 1_000 })
    expect(after(...talking).status).toEqual({ kind: 'talking', since: 2_000 })
    const ended = after(...talking, news({ type: 'call-ended' }))
    expect(ended.status).toEqual({ kind: 'wrap-up', since: 5_000 })
    expect(ended.callId).toBeUndefined()
  })

  test('a limited wrap-up ends in 受付可', () => {
    const ended = after(...talking, news({ type: 'call-ended' }, 5_000, 10_000))
    expect(nextDeadline(ended)).toBe(15_000)
    expect(step(ended, { type: 'deadline', at: 14_999 })).toEqual({ refused: 'stale' })
    expect(
      after(...talking, news({ type: 'call-ended' }, 5_000, 10_000), { type: 'deadline', at: 15_000 }).status,
    ).toEqual({ kind: 'ready', since: 15_000 })
  })

  test('missed: 準備中 with the reason, whatever was chosen for 受付可', () => {
    const missed = news({ type: 'call-missed', reason: 'no-answer' })
    expect(after(...ringing, missed).status).toEqual({ kind: 'preparing', since: 5_000, reason: 'no-answer' })
    expect(after(...ringing, choose('ready'), missed).status.kind).toBe('preparing')
    expect(after(...ringing, choose('lunch'), missed).status.kind).toBe('lunch')
  })

  test('withdrawn by the caller: 受付可 again, with the place among the idle kept', () => {
    const free = after(...ringing, news({ type: 'call-withdrawn' }))
    expect(free).toMatchObject({ status: { kind: 'ready', since: 5_000 }, idleSince: 100 })
  })

  test('a status chosen during it takes the place of the wrap-up', () => {
    const chosen = after(...talking, choose('short-break', 3_000))
    expect(chosen).toMatchObject({ status: { kind: 'talking' }, next: { kind: 'short-break' } })
    const ended = after(...talking, choose('short-break', 3_000), news({ type: 'call-ended' }))
    expect(ended.status).toEqual({ kind: 'short-break', since: 5_000 })
    expect(ended.next).toBeUndefined()
  })

  test('pressed again, or taken back, it is forgotten', () => {
    expect(after(...talking, choose('lunch'), choose('lunch')).next).toBeUndefined()
    expect(after(...talking, choose('lunch'), { type: 'cancel-next', at: 1 }).next).toBeUndefined()
  })

  test('news of another call is stale', () => {
    const event: OperatorEvent = { type: 'news', at: 1, callId: 'c2' as CallId, news: { type: 'call-ended' } }
    expect(step(after(...talking), event)).toEqual({ refused: 'stale' })
  })
})

test('in any history: a call exactly in the statuses of a call, a clock that never goes back', () => {
  const choice = fc.constantFrom<Choice>({ kind: 'ready' }, { kind: 'short-break' }, { kind: 'lunch' }, study)
  const told = fc.constantFrom<OperatorNews>(
    { type: 'call-answered' },
    { type: 'call-ended' },
    { type: 'call-withdrawn' },
    { type: 'call-missed', reason: 'no-answer' },
  )
  const event = fc.oneof(
    choice.map((chosen) => ({ type: 'choose', choice: chosen }) as const),
    told.map((n) => ({ type: 'news', callId: c1, news: n }) as const),
    fc.constantFrom(
      { type: 'offered', callId: c1 } as const,
      { type: 'cancel-next' } as const,
      { type: 'page-claimed', page } as const,
      { type: 'page-gone', page } as const,
      { type: 'registered', registered: true } as const,
      { type: 'registered', registered: false } as const,
      { type: 'deadline' } as const,
    ),
  )
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      let operator: Operator = hanako
      events.forEach((what, i) => {
        const result = step(operator, { ...what, at: (i + 1) * 1_000 })
        if ('refused' in result) return
        const inCall = ['ringing', 'talking'].includes(result.next.status.kind)
        expect(result.next.callId !== undefined).toBe(inCall)
        expect(result.next.status.since).toBeGreaterThanOrEqual(operator.status.since)
        if (!inCall) expect(result.next.next).toBeUndefined()
        operator = result.next
      })
    }),
    { numRuns: 1_000, seed: 6_320 },
  )
})
