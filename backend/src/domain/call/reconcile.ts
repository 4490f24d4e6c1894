import type { LegId } from '@tsunagu/contract'
import type { Call, Ended, Leg } from './call.js'
import type { CallEffect, CallEvent } from './messages.js'
import { bridgeOf, callerOf, isWithOperator } from './names.js'
import { reconcileParties, type CallOfSeveral } from './reconcile-parties.js'

/** What Asterisk holds of one call. */
export interface CallFacts {
  /** Channels that exist, with whether they are up. */
  channels: Map<string, boolean>
  /** Members of the call's bridge, where there is one. */
  bridged: string[]
}

/** What to catch up with: events that were missed, or else effects to do again. Doing them twice is harmless. */
export interface Reconciliation {
  events: CallEvent[]
  effects: CallEffect[]
}

const nothing: Reconciliation = { events: [], effects: [] }
const events = (...missed: CallEvent[]): Reconciliation => ({ events: missed, effects: [] })
const effects = (...again: CallEffect[]): Reconciliation => ({ events: [], effects: again })

/**
 * Compares a call as we remember it with what Asterisk holds, after a restart of either side or a lost connection.
 * Asterisk is right about what sounds, our memory about what was meant.
 */
export function reconcile(call: Call, facts: CallFacts, at: number): Reconciliation {
  switch (call.status) {
    case 'ended':
      // Its hang-up did not come through.
      return effects(...call.channels.map((channel): CallEffect => ({ do: 'hang-up', channel })), {
        do: 'destroy-bridge',
        bridge: bridgeOf(call),
      })
    case 'dialling':
    case 'consulting':
    case 'handed-over':
    case 'internal':
      return reconcileParties(call, { facts, at })
    default:
      return reconcileVisit(call, facts, at)
  }
}

/** A caller with one operator, or none. */
type Simple = Exclude<Call, CallOfSeveral | Ended>

function reconcileVisit(call: Simple, facts: CallFacts, at: number): Reconciliation {
  const channel = callerOf(call)
  if (!facts.channels.has(channel)) return events({ type: 'caller-gone', at })
  const leg = 'leg' in call ? call.leg : undefined
  if (!leg) return withoutLeg(call, facts)
  const isUp = facts.channels.get(leg.id)
  if (isUp === undefined) return legMissing(call, leg, at)
  if (isUp && !leg.up) return events({ type: 'leg-up', at, leg: leg.id })
  return leg.up ? legThere(call, leg.id, { facts, at }) : nothing
}

/** One that was never up may not have been ordered yet; ordering it twice is harmless, and its own limit decides. */
function legMissing(call: Simple, leg: Leg, at: number): Reconciliation {
  if (leg.up || !isWithOperator(call)) return events({ type: 'leg-gone', at, leg: leg.id })
  return effects({ do: 'call-phone', leg: leg.id, operatorId: call.operatorId })
}

function legThere(call: Simple, leg: LegId, known: { facts: CallFacts; at: number }): Reconciliation {
  if (call.status === 'held') return effects(...alone(call, known.facts))
  if (call.status !== 'offered') return talk(call, leg, known)
  return effects({ do: 'make-bridge', bridge: bridgeOf(call) })
}

/** A caller who waits, for the first operator or for the return of his own, hears that he is not forgotten. */
function withoutLeg(call: Simple, facts: CallFacts): Reconciliation {
  switch (call.status) {
    case 'waiting':
      return effects(...alone(call, facts), { do: 'dispatch' })
    case 'stranded':
    case 'parked':
      return effects(...alone(call, facts))
    default:
      return nothing
  }
}

/** What he is to hear, after whatever of answering him and taking him out of the bridge was lost on the way. */
function alone(call: Simple, facts: CallFacts): CallEffect[] {
  const channel = callerOf(call)
  if (!call.picked) return [{ do: 'ring-caller', channel }]
  return [
    ...(facts.channels.get(channel) ? [] : [{ do: 'answer-caller' as const, channel }]),
    ...(facts.bridged.includes(channel) ? [{ do: 'leave' as const, bridge: bridgeOf(call), channel }] : []),
    { do: 'start-music', channel },
  ]
}

/** Both in one bridge: if they are, all that can be missing is the news of it. */
function talk(call: Simple, leg: LegId, { facts, at }: { facts: CallFacts; at: number }): Reconciliation {
  const caller = callerOf(call)
  if (facts.bridged.includes(caller) && facts.bridged.includes(leg)) {
    return call.status === 'talking' ? nothing : events({ type: 'bridged', at, leg })
  }
  const bridge = bridgeOf(call)
  return effects(
    { do: 'make-bridge', bridge },
    { do: 'answer-caller', channel: caller },
    { do: 'stop-music', channel: caller },
    { do: 'join', bridge, caller, leg },
  )
}
