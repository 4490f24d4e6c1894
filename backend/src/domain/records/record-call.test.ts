import type { CallId, LegId, PageId, QueueId, UserId } from '@tsunagu/contract'
import { expect, test } from 'vitest'
import { dialExtension } from '../call/internal/internal.js'
import { ARRIVAL, LIMITS } from '../../../test/support/call-samples.js'
import type { Call } from '../call/call.js'
import type { CallEvent, Move } from '../call/messages.js'
import { enter, step } from '../call/step.js'
import { dialOut } from '../call/when-dialling.js'
import { recordCall } from './record-call.js'
import type { ClosedSpan } from './span.js'

const id = 'c1' as CallId
const main = 'main' as QueueId
const hanako = '6320' as UserId
const taro = '6321' as UserId
const page = 'page' as PageId

/** A call told second by second; what is over is kept. */
class Story {
  call: Call
  readonly over: ClosedSpan[] = []
  private at: number

  constructor(begin: Move, at = 0) {
    this.at = at
    this.call = this.record(undefined, begin, { type: 'begun', at })
  }

  /** Events without their time, a second apart. */
  tell(
    ...events: (CallEvent extends infer E ? (E extends CallEvent ? Omit<E, 'at'> : never) : never)[]
  ): this {
    for (const event of events) {
      this.at += 1_000
      const told = { ...event, at: this.at } as CallEvent
      const moved = step(this.call, told, LIMITS)
      if ('refused' in moved) throw new Error(`${told.type} in ${this.call.status}: ${moved.refused}`)
      this.call = this.record(this.call, moved, told)
    }
    return this
  }

  private record(...[before, move, cause]: Parameters<typeof recordCall>): Call {
    const { next, over } = recordCall(before, move, cause)
    this.over.push(...over)
    return next
  }

  /** `kind what operator since-until outcome`, in seconds; the legs are told apart below. */
  lines(kinds?: string[]): string[] {
    return this.over
      .filter(({ kind }) => (kinds ? kinds.includes(kind) : kind !== 'leg'))
      .map(({ kind, what, operator, since, until, outcome, visit }) =>
        [
          kind,
          what,
          operator,
          `${String(since / 1_000)}-${String(until / 1_000)}`,
          outcome,
          visit && `in ${String(visit.n)}`,
        ]
          .filter(Boolean)
          .join(' '),
      )
  }
}

const arrives = (): Story => new Story(enter({ ...ARRIVAL, at: 0 }))
const leg = (n: number): LegId => `c1:leg:${String(n)}` as LegId
const offer = (operatorId = hanako) => ({ type: 'offer', operatorId, page, ringMs: 20_000 }) as const
const taken = (operatorId = hanako, n = 1) =>
  [
    offer(operatorId),
    { type: 'leg-up', leg: leg(n) },
    { type: 'answer', operatorId },
    { type: 'bridged', leg: leg(n) },
  ] as const
const by = <T extends 'hold' | 'resume' | 'hang-up' | 'operator-out'>(type: T, operatorId = hanako) => ({
  type,
  operatorId,
})

/** The caller is on hold, and a colleague has answered. */
const consultedTaro = [
  ...taken(),
  by('hold'),
  {
    type: 'consult',
    operatorId: hanako,
    target: { kind: 'operator', operatorId: taro, number: '6321', page },
  },
  { type: 'leg-up', leg: leg(2) },
  { type: 'answer', operatorId: taro },
] as const

test('answered, held, resumed, ended by the caller', () => {
  const story = arrives().tell(...taken(), by('hold'), by('resume'), { type: 'caller-gone' })
  expect(story.lines()).toEqual([
    'offer queue 6320 1-3 answered in 1',
    'visit 6320 0-4 answered in 1',
    'talk 6320 4-5 in 1',
    'hold 6320 5-6 in 1',
    'call in 0-7 caller-hung-up',
    'talk 6320 6-7 in 1',
  ])
  const [leg] = story.over.filter(({ kind }) => kind === 'leg')
  expect(leg).toMatchObject({ since: 1_000, until: 7_000, detail: { leg: 'c1:leg:1', upAt: 2_000 } })
  expect(story.call.notes?.open).toEqual([])
})

test('given up in line, and while it rings', () => {
  const line = arrives().tell({ type: 'caller-gone' })
  expect(line.lines()).toEqual(['call in 0-1 abandoned', 'visit 0-1 abandoned in 1'])
  const ringing = arrives().tell(offer(), { type: 'caller-gone' })
  expect(ringing.lines()).toEqual([
    'call in 0-2 abandoned',
    'visit 0-2 abandoned in 1',
    'offer queue 6320 1-2 withdrawn in 1',
  ])
})

test('passed on in the queue, it stays one visit', () => {
  const story = arrives().tell(offer(), by('hang-up'), ...taken(taro, 2), by('hang-up', taro))
  expect(story.lines(['offer', 'visit', 'talk'])).toEqual([
    'offer queue 6320 1-2 rejected in 1',
    'offer queue 6321 3-5 answered in 1',
    'visit 6321 0-6 answered in 1',
    'talk 6321 6-7 in 1',
  ])
})

test('nobody answers in the ring time', () => {
  const story = arrives().tell(offer(), { type: 'leg-up', leg: leg(1) })
  const rung = step(story.call, { type: 'deadline', at: 21_000 }, LIMITS) as Move
  const { over } = recordCall(story.call, rung, { type: 'deadline', at: 21_000 })
  expect(over.map(({ kind, outcome }) => [kind, outcome])).toEqual([
    ['leg', undefined],
    ['offer', 'no-answer'],
  ])
})

test('back in line after a talk, it is the same visit, which is answered already', () => {
  const story = arrives().tell(...taken(), by('operator-out'), { type: 'caller-gone' })
  expect(story.lines(['visit', 'talk'])).toEqual([
    'visit 6320 0-4 answered in 1',
    'talk 6320 4-5 in 1',
    'visit 5-6 abandoned in 1',
  ])
  expect(story.over.filter(({ detail }) => detail?.again).map(({ since }) => since)).toEqual([5_000])
})

test('transferred into a queue, it begins a second visit; the first operator’s wrap-up is of the first', () => {
  const target = { kind: 'queue', queueId: main, number: '0350600025' } as const
  const story = arrives().tell(
    ...taken(),
    by('hold'),
    { type: 'consult', operatorId: hanako, target },
    { type: 'transfer', operatorId: hanako, ringMs: 20_000 },
    ...taken(taro, 2),
    by('hang-up', taro),
  )
  expect(story.lines(['visit', 'talk', 'consult', 'hold'])).toEqual([
    'visit 6320 0-4 answered in 1',
    'talk 6320 4-5 in 1',
    'hold 6320 5-7 in 1',
    'consult queue 6320 6-7 transferred in 1',
    'visit 6321 7-11 answered in 2',
    'talk 6321 11-12 in 2',
  ])
  expect(story.call.notes?.served).toMatchObject([
    { operator: hanako, visit: { n: 1 } },
    { operator: taro, visit: { n: 2 } },
  ])
})

test('handed to a colleague who answered; the caller was on hold meanwhile', () => {
  const story = arrives().tell(
    ...consultedTaro,
    { type: 'transfer', operatorId: hanako, ringMs: 20_000 },
    { type: 'caller-gone' },
  )
  expect(story.lines(['offer', 'talk', 'hold', 'consult'])).toEqual([
    'offer queue 6320 1-3 answered in 1',
    'talk 6320 4-5 in 1',
    'offer consult 6321 6-8 answered in 1',
    'hold 6320 5-9 in 1',
    'consult operator 6320 6-9 transferred in 1',
    'talk 6321 9-10 in 1',
  ])
})

test('the caller leaves during the consultation: what follows is none of the queue’s', () => {
  const story = arrives().tell(...consultedTaro, { type: 'caller-gone' }, by('hang-up'))
  expect(story.lines(['talk', 'hold', 'consult'])).toEqual([
    'talk 6320 4-5 in 1',
    'hold 6320 5-9 in 1',
    'consult operator 6320 6-9 over in 1',
    'talk internal 6320 9-10',
  ])
})

test('parked, taken out by another', () => {
  const story = arrives().tell(
    ...taken(),
    { type: 'park', operatorId: hanako, slot: 3 },
    { type: 'take', operatorId: taro, page },
    { type: 'leg-up', leg: leg(2) },
    { type: 'bridged', leg: leg(2) },
    { type: 'caller-gone' },
  )
  expect(story.lines(['park', 'offer', 'talk', 'visit'])).toEqual([
    'offer queue 6320 1-3 answered in 1',
    'visit 6320 0-4 answered in 1',
    'talk 6320 4-5 in 1',
    'park 6320 5-6 taken in 1',
    'offer taken 6321 6-7 answered in 1',
    'talk 6321 8-9 in 1',
  ])
})

test('an outgoing call is in no queue, until its operator vanishes', () => {
  const begin = dialOut(
    { id, operatorId: hanako, page, number: '0312345678', queueId: main, entry: 1, at: 0 },
    LIMITS,
  )
  const channel = 'c1:far:1'
  const story = new Story(begin).tell(
    { type: 'leg-up', leg: leg(1) },
    { type: 'party-ready', channel },
    { type: 'party-up', channel },
    by('operator-out'),
    { type: 'caller-gone' },
  )
  expect(story.lines()).toEqual(['talk 6320 3-4', 'call out 0-5 abandoned', 'visit 4-5 abandoned in 1'])
})

test('a call between extensions', () => {
  const who = (operatorId: UserId) => ({ operatorId, page })
  const story = new Story(dialExtension({ id, at: 0, from: who(hanako), to: who(taro) }, LIMITS)).tell(
    { type: 'leg-up', leg: leg(1) },
    { type: 'leg-up', leg: leg(2) },
    { type: 'answer', operatorId: taro },
    by('hold', taro),
    by('hang-up', taro),
  )
  expect(story.lines()).toEqual([
    'offer internal 6321 0-3 answered',
    'talk internal 6320 3-4',
    'call internal 6320 0-5 operator-hung-up',
    'hold 6321 4-5',
  ])
})

test('no two spans have one key', () => {
  const story = arrives().tell(...taken(), by('hold'), by('resume'), by('hold'), { type: 'caller-gone' })
  const keys = story.over.map(({ key }) => key)
  expect(new Set(keys).size).toBe(keys.length)
})
