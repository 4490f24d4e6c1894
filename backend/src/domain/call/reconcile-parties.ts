/** Catching up for the calls that have more than a caller and one leg; see `reconcile`. */
import type { UserId } from '@tsunagu/contract'
import type { Dialling, Leg } from './call.js'
import type { CallEffect } from './messages.js'
import { callerOf } from './names.js'
import { callOut } from './parts.js'
import {
  soundsOf as soundsOfConsulting,
  type Consulting,
  type HandedOver,
  type Target,
} from './transfer/consult.js'
import { soundsOf as soundsOfInternal, type Internal } from './internal/internal.js'
import type { CallFacts, Reconciliation } from './reconcile.js'
import { retune, type Sound, type Sounds } from './sounds.js'

export type CallOfSeveral = Dialling | Consulting | HandedOver | Internal

type Order = Extract<CallEffect, { do: 'call-out' }>

const NOTHING: Reconciliation = { events: [], effects: [] }

interface Known {
  facts: CallFacts
  at: number
}

/** News that were missed come first; only a call without any is made to sound as it should. */
export function reconcileParties(call: CallOfSeveral, known: Known): Reconciliation {
  const legs = legsOf(call).map(([leg, operatorId]) => legNews(leg, operatorId, known))
  const news = [...partyNews(call, known), ...legs]
  const events = news.flatMap((found) => found.events)
  if (events.length > 0) return { events, effects: [] }
  const again = retune(call, heardNow(call, known.facts), wanted(call, known.facts))
  return { events, effects: [...news.flatMap((found) => found.effects), ...again] }
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
function partyNews(call: CallOfSeveral, known: Known): Reconciliation[] {
  switch (call.status) {
    case 'internal':
      return []
    case 'dialling':
      return call.placed ? [diallingNews(call, known)] : []
    case 'handed-over':
      return [callerNews(call, known), dialledNews(call.other, call.answered, known)]
    case 'consulting':
      return [callerNews(call, known), ...targetNews(call.target, known)]
  }
}

function callerNews(call: Consulting | HandedOver, { facts, at }: Known): Reconciliation {
  return facts.channels.has(callerOf(call)) ? NOTHING : { events: [{ type: 'caller-gone', at }], effects: [] }
}

function diallingNews(call: Dialling, known: Known): Reconciliation {
  const channel = callerOf(call)
  return call.ready
    ? dialledNews(channel, false, known)
    : orderedNews(callOut(channel, call.callerNumber, call.presented), known)
}

function targetNews(target: Target, known: Known): Reconciliation[] {
  if (target.kind !== 'outside') return []
  const { channel, number, presented, ready, answeredAt } = target
  return ready
    ? [dialledNews(channel, answeredAt !== undefined, known)]
    : [orderedNews(callOut(channel, number, presented), known)]
}

/** One that never came into our hands may not have been ordered yet, or come while nobody listened. */
function orderedNews(order: Order, { facts, at }: Known): Reconciliation {
  const { channel } = order
  return facts.channels.has(channel)
    ? { events: [{ type: 'party-ready', at, channel }], effects: [] }
    : { events: [], effects: [order] }
}

function dialledNews(channel: string, answered: boolean, { facts, at }: Known): Reconciliation {
  const isUp = facts.channels.get(channel)
  if (isUp === undefined)
    return { events: [{ type: 'party-gone', at, channel, why: 'unreachable' }], effects: [] }
  return isUp && !answered ? { events: [{ type: 'party-up', at, channel }], effects: [] } : NOTHING
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
