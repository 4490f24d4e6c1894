/** Catching up for the calls that have more than a caller and one leg; see `reconcile`. */
import type { UserId } from '@tsunagu/contract'
import type { Dialling, Leg } from './call.js'
import type { CallEvent } from './messages.js'
import { callerOf } from './names.js'
import { soundsOf as soundsOfConsulting, type Consulting, type HandedOver } from './transfer/consult.js'
import { soundsOf as soundsOfInternal, type Internal } from './internal/internal.js'
import type { CallFacts, Reconciliation } from './reconcile.js'
import { retune, type Sound, type Sounds } from './sounds.js'

export type CallOfSeveral = Dialling | Consulting | HandedOver | Internal

interface Known {
  facts: CallFacts
  at: number
}

/** News that were missed come first; only a call without any is made to sound as it should. */
export function reconcileParties(call: CallOfSeveral, known: Known): Reconciliation {
  const legs = legsOf(call).map(([leg, operatorId]) => legNews(leg, operatorId, known))
  const events = [...partyNews(call, known), ...legs.flatMap((found) => found.events)]
  if (events.length > 0) return { events, effects: [] }
  const again = retune(call, heardNow(call, known.facts), wanted(call, known.facts))
  return { events, effects: [...legs.flatMap((found) => found.effects), ...again] }
}

function legsOf(call: CallOfSeveral): [Leg, UserId][] {
  if (call.status === 'internal') {
    return call.ends.flatMap(({ leg, operatorId }): [Leg, UserId][] => (leg ? [[leg, operatorId]] : []))
  }
  if (call.status === 'handed-over') return []
  const own: [Leg, UserId][] = call.leg ? [[call.leg, call.operatorId]] : []
  if (call.status === 'dialling' || call.target.kind !== 'operator') return own
  return [...own, [call.target.leg, call.target.operatorId]]
}

/** A leg that was never up may not have been ordered yet; ordering it twice is harmless. */
function legNews(leg: Leg, operatorId: UserId, { facts, at }: Known): Reconciliation {
  const isUp = facts.channels.get(leg.id)
  if (isUp === undefined) {
    return leg.up
      ? { events: [{ type: 'leg-gone', at, leg: leg.id }], effects: [] }
      : { events: [], effects: [{ do: 'call-phone', leg: leg.id, operatorId }] }
  }
  return { events: isUp && !leg.up ? [{ type: 'leg-up', at, leg: leg.id }] : [], effects: [] }
}

/** Outside channels: the caller's, and the one that was dialled. */
function partyNews(call: CallOfSeveral, known: Known): CallEvent[] {
  switch (call.status) {
    case 'internal':
      return []
    case 'dialling':
      return call.placed ? dialledNews(callerOf(call), false, known) : []
    case 'handed-over':
      return [...callerNews(call, known), ...dialledNews(call.other, call.answered, known)]
    case 'consulting': {
      const { target } = call
      const answered = target.answeredAt !== undefined
      const dialled = target.kind === 'outside' ? dialledNews(target.channel, answered, known) : []
      return [...callerNews(call, known), ...dialled]
    }
  }
}

function callerNews(call: Consulting | HandedOver, { facts, at }: Known): CallEvent[] {
  return facts.channels.has(callerOf(call)) ? [] : [{ type: 'caller-gone', at }]
}

function dialledNews(channel: string, answered: boolean, { facts, at }: Known): CallEvent[] {
  const isUp = facts.channels.get(channel)
  if (isUp === undefined) return [{ type: 'party-gone', at, channel, why: 'unreachable' }]
  return isUp && !answered ? [{ type: 'party-up', at, channel }] : []
}

function wanted(call: CallOfSeveral, facts: CallFacts): Sounds {
  switch (call.status) {
    case 'internal':
      return soundsOfInternal(call)
    case 'consulting':
      return soundsOfConsulting(call)
    case 'handed-over':
      return talking([callerOf(call), call.other], facts)
    case 'dialling':
      return talking([...(call.leg?.up ? [call.leg.id] : []), callerOf(call)], facts)
  }
}

function talking(channels: string[], { channels: there }: CallFacts): Sounds {
  return new Map(channels.filter((id) => there.has(id)).map((id): [string, Sound] => [id, 'talk']))
}

/** Who is in the bridge is all that Asterisk tells; music and tones are begun again. */
function heardNow(call: CallOfSeveral, facts: CallFacts): Sounds {
  return new Map(
    [...wanted(call, facts).keys()].map((id) => [id, facts.bridged.includes(id) ? 'talk' : 'silence']),
  )
}
