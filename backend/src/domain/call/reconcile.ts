import type { LegId } from '@tsunagu/contract'
import { bridgeOf, callerOf, type Call, type CallEffect, type CallEvent } from './call.js'

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
  const channel = callerOf(call)
  if (!facts.channels.has(channel)) return events({ type: 'caller-gone', at })
  const leg = 'leg' in call ? call.leg : undefined
  if (!leg) return withoutLeg(call)
  const isUp = facts.channels.get(leg.id)
  if (isUp === undefined) return events({ type: 'leg-gone', at, leg: leg.id })
  if (isUp && !leg.up) return events({ type: 'leg-up', at, leg: leg.id })
  if (call.status === 'held') return effects({ do: 'start-music', channel })
  const bridges = call.status !== 'offered' && leg.up
  return bridges ? talk(call, leg.id, { facts, at }) : nothing
}

/** A caller who waits, for the first operator or for the return of his own, hears that he is not forgotten. */
function withoutLeg(call: Call): Reconciliation {
  const channel = callerOf(call)
  switch (call.status) {
    case 'waiting':
      return effects({ do: call.picked ? 'start-music' : 'ring-caller', channel }, { do: 'dispatch' })
    case 'stranded':
    case 'parked':
      return effects({ do: 'start-music', channel })
    default:
      return nothing
  }
}

/** Both in one bridge: if they are, all that can be missing is the news of it. */
function talk(call: Call, leg: LegId, { facts, at }: { facts: CallFacts; at: number }): Reconciliation {
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
