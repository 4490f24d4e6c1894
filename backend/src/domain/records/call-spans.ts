import type { UserId } from '@tsunagu/contract'
import type { Call, Ended, Leg } from '../call/call.js'
import type { Internal } from '../call/internal/internal.js'
import type { Consulting } from '../call/transfer/consult.js'
import type { OfferCause, Span } from './span.js'

/** Something that goes on in a call; `id` tells it from the others of this call. */
export type Going = Pick<Span, 'kind' | 'operator' | 'what' | 'detail'> & { id: string }

/** What is known of the call besides its status. */
export interface Context {
  /** It is in the line of its queue, or rings or is being connected out of it. */
  inLine: boolean
  /** How it came to ring at the operator. */
  cause: OfferCause
}

/** Pure: everything that goes on in a call in this status, in the order in which it is to be read. */
export function goingOn(call: Call, context: Context): Going[] {
  if (call.status === 'ended') return []
  if (call.status === 'internal') return betweenExtensions(call)
  const { direction, callerNumber: number, dialled } = call
  const whole: Going = { id: 'call', kind: 'call', what: direction, detail: { number, dialled } }
  const visit: Going[] = context.inLine ? [{ id: 'visit', kind: 'visit' }] : []
  const legs = 'leg' in call && call.leg ? [legOf(call.leg, call.operatorId)] : []
  return [whole, ...visit, ...legs, ...ofStatus(call, context.cause)]
}

function ofStatus(call: Exclude<Call, Internal | Ended>, cause: OfferCause): Going[] {
  switch (call.status) {
    case 'offered':
      return [offer(call.operatorId, cause)]
    case 'talking':
      return [by('talk', call.operatorId)]
    case 'held':
      return [by('hold', call.operatorId)]
    case 'stranded':
      return [by('away', call.operatorId)]
    case 'parked': {
      const { slot, parkedBy: operator } = call
      return [{ id: `park ${String(slot)}`, kind: 'park', operator, detail: { slot } }]
    }
    case 'consulting':
      return [by('hold', call.operatorId), ...consultation(call)]
    case 'handed-over':
      return [{ id: 'handed-over', kind: 'handed-over' }]
    case 'waiting':
    case 'connecting':
    case 'dialling':
      return []
  }
}

function by(kind: 'talk' | 'hold' | 'away', operator: UserId): Going {
  return { id: `${kind} ${operator}`, kind, operator }
}

const offer = (operator: UserId, what: OfferCause): Going => ({
  id: `offer ${what} ${operator}`,
  kind: 'offer',
  operator,
  what,
})

const legOf = ({ id: leg }: Leg, operator: UserId): Going => ({
  id: `leg ${leg}`,
  kind: 'leg',
  operator,
  detail: { leg },
})

function consultation({ target, operatorId }: Consulting): Going[] {
  const { number, answeredAt, kind, since } = target
  const answered = answeredAt === undefined ? {} : { answeredAt }
  const own: Going = {
    id: `consult ${String(since)} ${number}`,
    kind: 'consult',
    operator: operatorId,
    what: kind,
    detail: { number, internal: kind === 'operator', ...answered },
  }
  if (target.kind !== 'operator') return [own]
  const rings = answeredAt === undefined ? [offer(target.operatorId, 'consult')] : []
  return [own, legOf(target.leg, target.operatorId), ...rings]
}

function betweenExtensions(call: Internal): Going[] {
  const [first, second] = call.ends
  const detail = { with: second.operatorId }
  const operator = first.operatorId
  const whole: Going = { id: 'call', kind: 'call', what: 'internal', operator, detail }
  const legs = call.ends.flatMap(({ leg, operatorId }) => (leg ? [legOf(leg, operatorId)] : []))
  if (call.talkingSince === undefined) return [whole, ...legs, offer(second.operatorId, 'internal')]
  if (call.heldBy !== undefined) return [whole, ...legs, by('hold', call.heldBy)]
  return [whole, ...legs, { ...by('talk', operator), what: 'internal', detail }]
}

/** Whether the operator's page has accepted the leg that a span is about. */
export function isUp(call: Call, leg: string): boolean {
  return legsOf(call).some(({ id, up }) => up && id === leg)
}

function legsOf(call: Call): Leg[] {
  if (call.status === 'internal') return call.ends.flatMap((end) => (end.leg ? [end.leg] : []))
  const own = 'leg' in call && call.leg ? [call.leg] : []
  const target = call.status === 'consulting' && call.target.kind === 'operator' ? [call.target.leg] : []
  return [...own, ...target]
}
