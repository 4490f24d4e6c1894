import type { CallId, LegId, PageId, QueueId, UserId } from '@tsunagu/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LIMITS } from '../../../test/support/call-samples.js'
import { FuzzWorld } from '../../../test/support/fuzz-world.js'
import type { Call } from './call.js'
import type { TargetOrder } from './transfer/consult.js'
import { nextDeadline } from './deadline.js'
import { dialExtension } from './internal/internal.js'
import type { CallEvent, Move } from './messages.js'
import { channelsOf, farName, hasCaller, operatorsOf } from './names.js'
import { enter, step } from './step.js'
import { dialOut } from './when-dialling.js'

const id = 'c1' as CallId
const main = 'main' as QueueId
const operators = ['6320', '6321'] as [UserId, UserId]
const pages = ['page-a', 'page-b'] as [PageId, PageId]

/** One thing that happens; which leg or party it is about is chosen from those that ever were, so late news is common. */
const happening = fc.record({
  kind: fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom('leg-up', 'answer', 'consult', 'party-ready', 'party-up', 'offer'),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'leg-gone',
        'phone-ready',
        'phone-gone',
        'bridged',
        'bridge-failed',
        'hang-up',
        'operator-out',
        'hold',
        'resume',
        'park',
        'take',
        'take-over',
        'move',
        'front',
        'transfer',
        'no-ring-back',
        'party-gone',
        'caller-gone',
        'deadline',
      ),
    },
  ),
  operator: fc.constantFrom(...operators),
  page: fc.constantFrom(...pages),
  n: fc.integer({ min: 1, max: 6 }),
  wait: fc.integer({ min: 0, max: 25_000 }),
})
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never

function targetOf({ operator, page, n }: Happening): TargetOrder {
  if (n === 1) return { kind: 'queue', queueId: 'support' as QueueId, number: '0350600026' }
  if (n < 4) return { kind: 'outside', number: '0312345678' }
  return {
    kind: 'operator',
    operatorId: operator === '6320' ? operators[1] : operators[0],
    number: 'x',
    page,
  }
}

function toEvent(h: Happening, at: number, call: Call): CallEvent {
  const { kind, operator: operatorId, page, n } = h
  const leg = `c1:leg:${String(Math.min(n, Math.max(call.legs, 1)))}` as LegId
  const channel = farName(id, Math.min(n, Math.max(hasCaller(call) ? (call.fars ?? 1) : 1, 1)))
  switch (kind) {
    case 'offer':
      return { type: kind, at, operatorId, page, ringMs: 20_000 }
    case 'leg-up':
    case 'leg-gone':
    case 'bridged':
    case 'bridge-failed':
      return { type: kind, at, leg }
    case 'phone-ready':
    case 'take':
      return { type: kind, at, operatorId, page }
    case 'take-over':
      return {
        type: kind,
        at,
        operatorId,
        page,
        from: n > 1 && 'operatorId' in call ? call.operatorId : operatorId,
      }
    case 'park':
      return { type: kind, at, operatorId, slot: 1 }
    case 'consult':
      return { type: kind, at, operatorId, target: targetOf(h) }
    case 'transfer':
      return { type: kind, at, operatorId, ringMs: 20_000 }
    case 'party-gone':
      return { type: kind, at, channel, why: 'busy' }
    case 'party-ready':
    case 'party-up':
      return { type: kind, at, channel }
    case 'phone-gone':
    case 'answer':
    case 'hang-up':
    case 'hold':
    case 'resume':
    case 'operator-out':
      return { type: kind, at, operatorId }
    case 'move':
      return { type: kind, at, queueId: 'support' as QueueId }
    case 'front':
    case 'caller-gone':
    case 'no-ring-back':
    case 'deadline':
      return { type: kind, at }
  }
}

/** Whom an event claims, as the use cases do before they tell the call. */
function claimed(event: CallEvent): UserId[] {
  if (event.type === 'offer' || event.type === 'take' || event.type === 'take-over') return [event.operatorId]
  return event.type === 'consult' && event.target.kind === 'operator' ? [event.target.operatorId] : []
}

/** What the world knows to be impossible, and Asterisk would never tell. */
function impossible(event: CallEvent, call: Call, world: FuzzWorld): boolean {
  if (event.type === 'bridged') return world.channels.get(event.leg) !== 'talk'
  if (event.type === 'caller-gone') return !hasCaller(call) || call.status === 'dialling'
  // Nobody answers who was not dialled.
  if (event.type === 'party-up') return world.channels.get(event.channel) !== 'talk'
  if (event.type === 'party-ready') return !firstReady(event.channel, call, world)
  // The use cases claim nobody who has a call already.
  return claimed(event).some((operator) => operatorsOf(call).includes(operator))
}

/** A channel is announced once. */
function firstReady(channel: string, call: Call, world: FuzzWorld): boolean {
  return channelsOf(call).includes(channel) && world.channels.get(channel) === 'silence'
}

const [hanako, taro] = operators
const leg1 = 'c1:leg:1' as LegId
const onHold: CallEvent[] = [
  { type: 'offer', at: 0, operatorId: hanako, page: pages[0], ringMs: 20_000 },
  { type: 'leg-up', at: 0, leg: leg1 },
  { type: 'answer', at: 0, operatorId: hanako },
  { type: 'bridged', at: 0, leg: leg1 },
  { type: 'hold', at: 0, operatorId: hanako },
]
const toTaro: TargetOrder = { kind: 'operator', operatorId: taro, number: taro, page: pages[0] }
const arrives = (): Move =>
  enter({ id, queueId: main, dialled: '0350600025', callerNumber: '', picked: false, at: 0, entry: 1 })

/** How a history begins, and what has happened by then. */
const STARTS: [string, () => Move, CallEvent[]?][] = [
  ['a caller', arrives],
  ['a caller on hold', arrives, onHold],
  [
    'a caller who is being transferred',
    arrives,
    [...onHold, { type: 'consult', at: 0, operatorId: hanako, target: toTaro }],
  ],
  [
    'an outgoing call',
    () =>
      dialOut(
        {
          id,
          operatorId: operators[0],
          page: pages[0],
          number: '0312345678',
          queueId: main,
          entry: 1,
          at: 0,
        },
        LIMITS,
      ),
  ],
  [
    'an internal call',
    () => {
      const [from, to] = operators.map((operatorId) => ({ operatorId, page: pages[0] }))
      return dialExtension({ id, at: 0, from: from!, to: to! }, LIMITS)
    },
  ],
]

/** One call's life, in the world that does what the call asks for. */
class Life {
  private readonly world = new FuzzWorld()
  private call: Call
  private at = 0

  constructor(start: Move, before: CallEvent[]) {
    this.call = start.next
    if (hasCaller(this.call) && this.call.far === id) this.world.channels.set(id, 'silence')
    for (const operator of operatorsOf(this.call)) this.world.holding.add(operator)
    start.effects.forEach((effect) => this.world.carryOut(effect))
    for (const event of before) this.tell(event)
  }

  happen(h: Happening): void {
    this.at += h.wait
    const event = toEvent(h, this.at, this.call)
    if (this.call.status !== 'ended' && !impossible(event, this.call, this.world)) this.tell(event)
  }

  private tell(event: CallEvent): void {
    const { world, call } = this
    // What Asterisk says is gone is gone, whether the call wants to hear it or not.
    if (event.type === 'caller-gone' && hasCaller(call)) world.die(call.far ?? id)
    if (event.type === 'leg-gone') world.die(event.leg)
    if (event.type === 'party-gone') world.die(event.channel)
    const result = step(call, event, LIMITS)
    if ('refused' in result) return
    for (const operator of claimed(event)) world.holding.add(operator)
    this.call = result.next
    result.effects.forEach((effect) => world.carryOut(effect))
    world.check(this.call)
    const waits = ['offered', 'stranded', 'parked', 'dialling'].includes(this.call.status)
    if (waits) expect(nextDeadline(this.call, LIMITS), 'nobody waits without an end').toBeDefined()
  }
}

test.each(STARTS)(
  '%s: whatever happens in whatever order, nobody is lost and nothing is left behind',
  (_, start, before = []) => {
    const history = fc.array(happening, { maxLength: 50 })
    fc.assert(
      fc.property(history, (happenings) => {
        const life = new Life(start(), before)
        for (const h of happenings) life.happen(h)
      }),
      { numRuns: 2_000, seed: 20_261_122 },
    )
  },
)
