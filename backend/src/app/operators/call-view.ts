import type { CallView, LegId, TargetView, UserId } from '@tsunagu/contract'
import type { Call, CallWithOperator } from '../../domain/call/call.js'
import { isWithOperator } from '../../domain/call/names.js'
import type { Consulting, OperatorTarget, Target } from '../../domain/call/transfer/consult.js'
import type { Internal } from '../../domain/call/internal/internal.js'
import type { Queue } from '../ports.js'

/** What is looked up for a call: its queue, the extensions of its operators, and the names that are known, by number. */
export interface CallContext {
  queue: Queue | undefined
  /** Of those whose extension is not their ID. */
  extensions: ReadonlyMap<UserId, string>
  names: ReadonlyMap<string, string>
}

/** The call as it is for one operator; nothing when it is not, or no longer, his. Pure. */
export function callView(call: Call, me: UserId, context: CallContext): CallView | undefined {
  if (call.status === 'internal') return internalView(call, me, context)
  if (call.status === 'consulting' && isTarget(call.target, me)) {
    return targetsView(call, call.target, context)
  }
  if (!isWithOperator(call) || call.operatorId !== me) return undefined
  return ownView(call, context)
}

/** The leg that his page may accept or keep. */
export function legFor(call: Call, me: UserId): LegId | undefined {
  if (call.status === 'internal') return call.ends.find(({ operatorId }) => operatorId === me)?.leg?.id
  if (call.status === 'consulting' && isTarget(call.target, me)) return call.target.leg.id
  return isWithOperator(call) && call.operatorId === me ? call.leg?.id : undefined
}

/** Every number that the views of this call show. */
export function numbersOf(
  call: Call,
  extensions: CallContext['extensions'],
): { ours: string[]; callers: string[] } {
  const number = (id: UserId): string => extensions.get(id) ?? id
  if (call.status === 'internal') {
    return { ours: call.ends.map(({ operatorId }) => number(operatorId)), callers: [] }
  }
  const ours = call.status === 'consulting' ? [call.target.number, number(call.operatorId)] : []
  return { ours, callers: call.callerNumber ? [call.callerNumber] : [] }
}

const isTarget = (target: Target, me: UserId): target is OperatorTarget =>
  target.kind === 'operator' && target.operatorId === me

function party(number: string, { names }: CallContext): { number?: string; name?: string } {
  if (number === '') return {}
  const name = names.get(number)
  return name === undefined ? { number } : { number, name }
}

const colleague = (id: UserId, context: CallContext): { number?: string; name?: string } =>
  party(context.extensions.get(id) ?? id, context)

function ownView(call: CallWithOperator, context: CallContext): CallView {
  const { queue } = context
  const ofQueue = queue && call.direction === 'in'
  return {
    id: call.id,
    phase: phaseOf(call),
    direction: call.direction,
    internal: false,
    ...party(call.callerNumber, context),
    ...(ofQueue ? { queue: { id: queue.id, name: queue.name, number: call.dialled } } : {}),
    since: 'talkingSince' in call ? call.talkingSince : call.since,
    waitedMs: call.waitedMs,
    ...(call.status === 'consulting' ? { target: targetView(call.target, context) } : {}),
  }
}

function phaseOf(call: CallWithOperator): CallView['phase'] {
  switch (call.status) {
    case 'offered':
    case 'connecting':
      // 通話中 is true only once they hear each other; but what one takes out of a slot does not ring.
      return call.taken ? 'talking' : 'ringing'
    case 'talking':
    case 'dialling':
    case 'held':
      return call.status
    case 'consulting':
      return call.leg?.up ? 'consulting' : 'rejoining'
    case 'stranded':
      return 'rejoining'
  }
}

function targetView(target: Target, context: CallContext): TargetView {
  const { kind, answeredAt, since } = target
  const ringing = answeredAt === undefined ? 'ringing' : 'talking'
  const phase = kind === 'queue' ? 'ready' : ringing
  const { name } = party(target.number, context)
  return {
    kind,
    phase,
    number: target.number,
    ...(name === undefined ? {} : { name }),
    since: answeredAt ?? since,
  }
}

/** Somebody asks him to take a caller over: an internal call, which says for whom. */
function targetsView(call: Consulting, target: OperatorTarget, context: CallContext): CallView {
  return {
    id: call.id,
    phase: target.answeredAt === undefined ? 'ringing' : 'talking',
    direction: 'in',
    internal: true,
    ...colleague(call.operatorId, context),
    since: target.answeredAt ?? target.since,
    waitedMs: 0,
    onBehalfOf: party(call.callerNumber, context),
  }
}

function internalView(call: Internal, me: UserId, context: CallContext): CallView | undefined {
  const [from, to] = call.ends
  const other = from.operatorId === me ? to : from
  if (me !== from.operatorId && me !== to.operatorId) return undefined
  const heldByOther = call.heldBy === other.operatorId
  return {
    id: call.id,
    phase: internalPhase(call, me),
    direction: from.operatorId === me ? 'out' : 'in',
    internal: true,
    ...colleague(other.operatorId, context),
    since: call.talkingSince ?? call.since,
    waitedMs: 0,
    ...(heldByOther ? { heldByOther } : {}),
  }
}

function internalPhase(call: Internal, me: UserId): CallView['phase'] {
  const [from, to] = call.ends
  if (call.talkingSince === undefined) return from.operatorId === me ? 'dialling' : 'ringing'
  const own = from.operatorId === me ? from : to
  if (!own.leg?.up) return 'rejoining'
  return call.heldBy === me ? 'held' : 'talking'
}
