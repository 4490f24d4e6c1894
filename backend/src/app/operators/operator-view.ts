import type { CallView, OperatorView, ParkedView, ParkSlot, UserId } from '@tsunagu/contract'
import { isWithOperator, type Call, type CallWithOperator, type Parked } from '../../domain/call/call.js'
import type { Operator } from '../../domain/operator/operator.js'
import type { Directory, Queue } from '../ports.js'

/** What of the call an operator's screen needs: none of it when the call is not (or no longer) his. */
export interface ViewParts {
  operator: Operator
  call: Call | undefined
  queue: Queue | undefined
  callerName: string | undefined
  works: string[]
  now: number
  seq: number
}

/** Everything an operator's page shows, put together from what is true now. Pure. */
export function toOperatorView(parts: ViewParts): OperatorView {
  const { operator, now, seq, works } = parts
  const call = toCallView(parts)
  const leg = parts.call && 'leg' in parts.call && call ? parts.call.leg?.id : undefined
  return {
    seq,
    now,
    me: { id: operator.id, name: operator.name, role: 'operator', extension: operator.extension },
    status: operator.status,
    ...(operator.next ? { next: operator.next } : {}),
    works,
    ...(operator.alert ? { alert: operator.alert } : {}),
    phone: { registered: operator.registered, ...(operator.page ? { owner: operator.page } : {}) },
    ...(call ? { call } : {}),
    ...(leg ? { leg } : {}),
  }
}

function toCallView({ operator, call, queue, callerName }: ViewParts): CallView | undefined {
  if (!call || !isWithOperator(call) || call.operatorId !== operator.id) return undefined
  return {
    id: call.id,
    phase: phaseOf(call),
    ...(call.callerNumber ? { number: call.callerNumber } : {}),
    ...(callerName ? { name: callerName } : {}),
    ...(queue ? { queue: { id: queue.id, name: queue.name, number: call.dialled } } : {}),
    since: 'talkingSince' in call ? call.talkingSince : call.since,
    waitedMs: call.waitedMs,
  }
}

function phaseOf(call: CallWithOperator): CallView['phase'] {
  switch (call.status) {
    case 'offered':
    case 'connecting':
      // 通話中 is true only once they hear each other; but what one takes out of a slot does not ring.
      return call.taken ? 'talking' : 'ringing'
    case 'talking':
      return 'talking'
    case 'held':
      return 'held'
    case 'stranded':
      return 'rejoining'
  }
}

export function toParkedView(call: Parked, names: { by: string; name: string | undefined }): ParkedView {
  return {
    slot: call.slot as ParkSlot,
    ...(call.callerNumber ? { number: call.callerNumber } : {}),
    ...(names.name ? { name: names.name } : {}),
    since: call.since,
    by: { id: call.parkedBy, name: names.by },
  }
}

/** Looks up what the view needs of the directory; both are held in memory there. */
export async function directoryParts(
  directory: Directory,
  call: Call | undefined,
  reader: UserId,
): Promise<Pick<ViewParts, 'queue' | 'callerName' | 'works'>> {
  const queues = await directory.queues()
  return {
    queue: call && queues.find(({ id }) => id === call.queueId),
    callerName: call?.callerNumber ? await directory.nameOf(call.callerNumber, reader) : undefined,
    works: await directory.works(),
  }
}
