import { callId, queueId, userId } from '@tsunagu/contract'
import { expect, test } from 'vitest'
import type { ClosedSpan, Span } from '../records/span.js'
import { storyOf, type Told } from './story.js'

const C1 = callId('c1')
const visit = { n: 1, queueId: queueId('main'), enteredAt: 0 }
const told: Told = {
  person: (id) => ({ id, name: `名 ${id}` }),
  queue: (id) => `queue ${id}`,
  nameOf: (number) => (number === '09011111111' ? '株式会社テスト' : undefined),
  now: 100_000,
}
let n = 0
/** Seconds; without an end it goes on. */
function span(...of: [Span['kind'], number, number?, Partial<ClosedSpan>?]): Span | ClosedSpan {
  const [kind, since, until, more = {}] = of
  const end = until === undefined ? {} : { until: until * 1_000 }
  return { key: String(++n), kind, callId: C1, visit, since: since * 1_000, ...end, ...more }
}
const by = (id: string, more: Partial<ClosedSpan> = {}) => ({ operator: userId(id), ...more })
const rings = (id: string, outcome: string) => by(id, { what: 'queue', outcome })
const whole = (until?: number) =>
  span('call', 0, until, { what: 'in', outcome: 'caller-hung-up', detail: { number: '09011111111' } })

const parts = (spans: (Span | ClosedSpan)[], statuses: Span[] = []) =>
  storyOf(C1, spans, { told, statuses })!.visits.map((one) =>
    one.parts.map(({ kind, since, until, outcome, open }) =>
      [kind, since / 1_000, until / 1_000, outcome, open && 'open']
        .filter((word) => word !== undefined)
        .join(' '),
    ),
  )

test('the parts of a wait follow each other without a gap: rung at two, answered by the second', () => {
  expect(
    parts([
      whole(90),
      span('visit', 0, 41, { outcome: 'answered' }),
      span('offer', 5, 25, rings('6320', 'no-answer')),
      span('offer', 30, 40, rings('6321', 'answered')),
      span('talk', 41, 90, by('6321')),
    ]),
  ).toEqual([
    ['in-line 0 5', 'ringing 5 25 no-answer', 'in-line 25 30', 'ringing 30 40 answered', 'connecting 40 41'],
  ])
})

test('a wait in which nobody was free says what they were doing', () => {
  const decision = { idleMs: {}, passed: [{ why: 'in-call' as const, operators: [userId('6320')], more: 3 }] }
  const spans = [
    whole(60),
    span('visit', 0, 60, { outcome: 'abandoned' }),
    span('decision', 0, 0, { what: 'nobody-free', detail: { decision } }),
  ]
  const statuses = [
    span('status', -50, 20, by('6320', { what: 'talking' })),
    span('status', 20, undefined, by('6320', { what: 'wrap-up' })),
    span('status', 0, 60, by('6329', { what: 'lunch' })),
  ] as Span[]
  const [part] = storyOf(C1, spans, { told, statuses })!.visits[0]!.parts
  expect(part).toMatchObject({
    kind: 'nobody-free',
    doing: [
      { status: 'wrap-up', ms: 40_000 },
      { status: 'talking', ms: 20_000 },
    ],
    decision: { passed: [{ why: 'in-call', operators: [{ id: '6320', name: '名 6320' }], more: 3 }] },
  })
})

test('an offer says whom it passed over, and for how long each had been free', () => {
  const decision = {
    idleMs: { '6320': 9_000, '6321': 4_000 },
    passed: [{ why: 'less-idle' as const, operators: [userId('6321')] }],
  }
  const story = storyOf(
    C1,
    [
      whole(),
      span('visit', 0),
      span('offer', 0, undefined, by('6320', { what: 'queue' })),
      span('decision', 0, 0, by('6320', { what: 'offered', detail: { decision } })),
    ],
    { told, statuses: [] },
  )!
  expect(story).toMatchObject({ open: true, number: '09011111111', name: '株式会社テスト', until: 100_000 })
  expect(story.visits[0]).toMatchObject({ outcome: 'waiting', until: 100_000 })
  expect(story.visits[0]?.parts).toMatchObject([
    {
      kind: 'ringing',
      open: true,
      decision: {
        chosen: { id: '6320', idleMs: 9_000 },
        passed: [{ operators: [{ id: '6321', idleMs: 4_000 }] }],
      },
    },
  ])
})

test('what became of it: in order, with who, where and how it ended', () => {
  const steps = storyOf(
    C1,
    [
      whole(80),
      span('talk', 10, 20, by('6320')),
      span('park', 20, 50, by('6320', { outcome: 'rang-back', detail: { slot: 3 } })),
      span('offer', 50, 55, by('6320', { what: 'ring-back', outcome: 'answered' })),
      span('offer', 5, 10, by('6320', { what: 'taken', outcome: 'answered' })),
      span('consult', 60, 70, by('6320', { outcome: 'transferred', detail: { number: '6321' } })),
    ],
    { told, statuses: [] },
  )!.steps
  expect(
    steps.map(({ kind, since, slot, number, outcome }) => [kind, since / 1_000, slot ?? number, outcome]),
  ).toEqual([
    ['talk', 10, undefined, undefined],
    ['park', 20, 3, 'rang-back'],
    ['ring', 50, undefined, 'answered'],
    ['consult', 60, '6321', 'transferred'],
    ['end', 80, undefined, 'caller-hung-up'],
  ])
})

test('of a call that nobody knows there is no story', () => {
  expect(storyOf(C1, [], { told, statuses: [] })).toBeUndefined()
})
