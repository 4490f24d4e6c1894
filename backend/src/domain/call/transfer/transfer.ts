import type { HandedOver, Consulting, OperatorTarget, OutsideTarget, QueueTarget } from './consult.js'
import { LONGEST_OUTSIDE_MS, soundsOf } from './consult.js'
import type { Offered, Talking, Waiting } from '../call.js'
import type { CallEffect, Move } from '../messages.js'
import { bridgeOf, callerOf } from '../names.js'
import { noteConsult } from './drop-target.js'
import { dropLeg, intoQueue, tell, visitOf } from '../parts.js'
import { retune, type Sound, type Sounds } from '../sounds.js'

interface Execution {
  at: number
  /** How long a target that still rings is given. */
  ringMs: number
}

/** 「転送実行」: caller and target are connected, the operator is done (operator manual, 転送を実行する). */
export function transfer(call: Consulting, execution: Execution): Move {
  const { target } = call
  switch (target.kind) {
    case 'operator':
      return target.answeredAt === undefined
        ? offerTo(call, target, execution)
        : handTo(call, target, execution.at)
    case 'outside':
      return handOver(call, target, execution.at)
    case 'queue':
      return enqueue(call, target, execution.at)
  }
}

/**
 * The operator's leg leaves the bridge before the caller comes in: a bridge that has three for a moment changes its way of mixing
 * twice, and the two who stay have been seen not to hear each other after it (Asterisk 22.10).
 */
const outOfTheWay = ({ leg }: Consulting): [string, Sound][] => (leg ? [[leg.id, 'silence']] : [])

/** The operator goes: his leg, and the news for him and his history. */
function leave(call: Consulting, at: number): CallEffect[] {
  const note = call.target.kind === 'queue' ? [] : [noteConsult(call, at)]
  return [...dropLeg(call.leg), tell(call.operatorId, { type: 'call-ended' }), ...note]
}

function handTo(call: Consulting, target: OperatorTarget, at: number): Move<Talking> {
  const { operatorId, leg } = target
  const next: Talking = {
    ...visitOf(call),
    operatorId,
    leg,
    waitedMs: call.waitedMs,
    status: 'talking',
    since: at,
  }
  const both: Sounds = new Map([...outOfTheWay(call), [callerOf(call), 'talk'], [leg.id, 'talk']])
  return {
    next,
    effects: [
      ...retune(call, soundsOf(call), both),
      tell(operatorId, { type: 'call-handed', answered: true }),
      ...leave(call, at),
    ],
  }
}

/** A blind transfer: it goes on ringing there, now as the caller's own call; not answered, it goes to the head of its queue. */
function offerTo(call: Consulting, target: OperatorTarget, { at, ringMs }: Execution): Move<Offered> {
  const { operatorId, leg, pressed } = target
  const next: Offered = {
    ...visitOf(call),
    priority: true,
    operatorId,
    leg,
    waitedMs: call.waitedMs,
    status: 'offered',
    since: at,
    expiresAt: at + ringMs,
    answered: pressed,
  }
  return {
    next,
    effects: [
      ...(leg.up ? [{ do: 'make-bridge' as const, bridge: bridgeOf(call) }] : []),
      tell(operatorId, { type: 'call-handed', answered: false }),
      ...leave(call, at),
    ],
  }
}

/** Both are outside. While the target still rings, the caller hears it ring. */
function handOver(call: Consulting, target: OutsideTarget, at: number): Move<HandedOver> {
  const { channel: other, expiresAt, answeredAt, ready } = target
  const next: HandedOver = {
    ...visitOf(call),
    status: 'handed-over',
    since: at,
    other,
    answered: answeredAt !== undefined,
    expiresAt: answeredAt === undefined ? expiresAt : at + LONGEST_OUTSIDE_MS,
  }
  const sounds: Sounds = new Map([
    ...outOfTheWay(call),
    [callerOf(call), 'talk'],
    [other, ready ? 'talk' : 'silence'],
  ])
  return { next, effects: [...retune(call, soundsOf(call), sounds), ...leave(call, at)] }
}

/** Into the queue's line, at the place that his first entry gives him (metrics.md: a caller is not punished for a transfer). */
function enqueue(call: Consulting, target: QueueTarget, at: number): Move<Waiting> {
  const next: Waiting = { ...intoQueue(visitOf(call), target.queueId), status: 'waiting', since: at }
  return { next, effects: [...leave(call, at), { do: 'dispatch' }] }
}
