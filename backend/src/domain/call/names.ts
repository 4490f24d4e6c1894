/** Who and what belongs to a call: its operators, and the names of its channels and its bridge. */
import type { CallId, UserId } from '@tsunagu/contract'
import type { Call, CallBase, CallWithOperator, Visit } from './call.js'
import type { Consulting } from './transfer/consult.js'
import type { Internal } from './internal/internal.js'

const WITHOUT_OPERATOR = ['waiting', 'parked', 'handed-over', 'internal', 'ended']
export const isWithOperator = (call: Call): call is CallWithOperator =>
  !WITHOUT_OPERATOR.includes(call.status)

/** Whether somebody from outside is in it: all calls but those between extensions. */
export const hasCaller = <C extends Call>(call: C): call is Exclude<C, Internal> => call.status !== 'internal'

export const callerOf = (call: Visit): string => call.far
export const bridgeOf = (call: CallBase): string => `${call.id}:talk`

/** Everybody at whose phone this call is. */
export function operatorsOf(call: Call): UserId[] {
  if (call.status === 'internal') return call.ends.map((end) => end.operatorId)
  const own = isWithOperator(call) ? [call.operatorId] : []
  const target =
    call.status === 'consulting' && call.target.kind === 'operator' ? [call.target.operatorId] : []
  return [...own, ...target]
}

/** Every channel that belongs to the call at this moment. */
export function channelsOf(call: Call): string[] {
  if (call.status === 'ended') return call.channels
  if (call.status === 'internal') return call.ends.flatMap(({ leg }) => (leg ? [leg.id] : []))
  const leg = isWithOperator(call) && call.leg ? [call.leg.id] : []
  const target = call.status === 'consulting' ? channelOfTarget(call) : []
  const other = call.status === 'handed-over' ? [call.other] : []
  return [callerOf(call), ...leg, ...target, ...other]
}

function channelOfTarget({ target }: Consulting): string[] {
  switch (target.kind) {
    case 'operator':
      return [target.leg.id]
    case 'outside':
      return [target.channel]
    case 'queue':
      return []
  }
}

/** The name of the next outside channel of a call. */
export const farName = (id: CallId, n: number): string => `${id}:far:${String(n)}`

/** What a channel or bridge of ours belongs to: a call, or a supervisor who listens (by his extension). */
export type Owner =
  | { callId: CallId; kind: 'leg' | 'far' | 'bridge' }
  | { callId?: never; listener: string; kind: 'ear' | 'spy' | 'room' }

/**
 * Whether a name is one of ours, and whose: `<call>:leg:<n>`, `<call>:far:<n>`, `<call>:talk`; `<listening>:ear:<n>`,
 * `<listening>:spy:<n>`, `<listening>:room`.
 */
export function ownerOf(name: string): Owner | undefined {
  const listening = /^hear-([^-:]+)-[^:]+:(?:(ear|spy):\d+|room)$/.exec(name)
  if (listening) {
    const [, listener = '', kind] = listening
    return { listener, kind: (kind as 'ear' | 'spy' | undefined) ?? 'room' }
  }
  const found = /^(.+):(?:(leg|far):\d+|talk)$/.exec(name)
  if (!found) return undefined
  return { callId: found[1] as CallId, kind: (found[2] as 'leg' | 'far' | undefined) ?? 'bridge' }
}
