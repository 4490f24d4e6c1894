import type { PageId } from '@tsunagu/contract'
import type { CallLimits, OnHold, Talking } from '../call.js'
import type { CallEffect, CallEvent, CallStep, Move } from '../messages.js'
import { bridgeOf, callerOf, farName } from '../names.js'
import { soundsOf, type Consulting, type Target, type TargetOrder } from './consult.js'
import { callerLeft } from './caller-left.js'
import { dropTarget, targetOver } from './drop-target.js'
import {
  backToHead,
  callOut,
  callPhone,
  dropLeg,
  newLeg,
  outOfPlace,
  refused,
  stale,
  tell,
  visitOf,
} from '../parts.js'
import { retune, type Sound } from '../sounds.js'
import { transfer } from './transfer.js'

/** 「転送」 on hold: the target is called; the operator is taken out of the bridge to hear it ring. */
export function consult(call: OnHold, event: CallEvent & { type: 'consult' }, limits: CallLimits): Move {
  const { at, operatorId } = event
  const { target, visit, effects } = order(call, { at, wish: event.target }, limits)
  const { waitedMs, leg, talkingSince } = call
  const next: Consulting = {
    ...visit,
    operatorId,
    waitedMs,
    leg,
    talkingSince,
    target,
    status: 'consulting',
    since: at,
  }
  const before = new Map<string, Sound>([[callerOf(call), 'music']])
  const told = target.kind === 'queue' ? [] : [tell(operatorId, { type: 'consult-begun' })]
  return {
    next,
    effects: [
      { do: 'leave', bridge: bridgeOf(call), channel: leg.id },
      ...retune(call, before, soundsOf(next)),
      ...effects,
      ...told,
    ],
  }
}

interface Ordered {
  target: Target
  visit: ReturnType<typeof visitOf>
  effects: CallEffect[]
}

function order(call: OnHold, { at, wish }: { at: number; wish: TargetOrder }, limits: CallLimits): Ordered {
  const visit = visitOf(call)
  const times = { since: at, expiresAt: at + limits.dialMs, number: wish.number }
  switch (wish.kind) {
    case 'outside': {
      const fars = call.fars + 1
      const channel = farName(call.id, fars)
      const { kind: _kind, ...what } = wish
      return {
        target: { ...times, ...what, kind: 'outside', channel, ready: false },
        visit: { ...visit, fars },
        effects: [callOut(channel, wish.number, wish.presented)],
      }
    }
    case 'operator': {
      const { operatorId, page } = wish
      const made = newLeg(visit, { at, page }, limits)
      return {
        target: { ...times, kind: 'operator', operatorId, leg: made.leg, pressed: false },
        visit: made.visit,
        effects: [callPhone(made.leg, operatorId)],
      }
    }
    case 'queue':
      return { target: { ...wish, since: at }, visit, effects: [] }
  }
}

/** What the operator, his phone, the caller and the clock do; what the target does is in target-news.ts. */
export function whenConsulting(call: Consulting, event: CallEvent, limits: CallLimits): CallStep {
  switch (event.type) {
    case 'transfer':
      return transfer(call, event)
    case 'resume':
      return resume(call, event.at)
    case 'hang-up':
    case 'drop-target':
      return targetOver(call, event.at, { onTarget: dropTarget(call, event.at) })
    case 'caller-gone':
      return callerLeft(call, event.at, limits)
    case 'leg-up':
      return legUp(call)
    case 'leg-gone':
    case 'phone-gone':
      return away(call, event.at, limits)
    case 'phone-ready':
      return back(call, event, limits)
    case 'operator-out':
      return lost(call, event.at)
    case 'deadline':
      return deadline(call, event.at)
    default:
      return outOfPlace(event)
  }
}

/** 「保留」: without the target, back to the caller. */
function resume(call: Consulting, at: number): CallStep {
  const { leg, target: _gone, until: _none, talkingSince, ...rest } = call
  if (!leg?.up) return refused('wrong-state')
  const next: Talking = { ...rest, leg, status: 'talking', since: talkingSince }
  const channel = callerOf(call)
  const ringing = soundsOf(call).get(leg.id) === 'ringing'
  return {
    next,
    effects: [
      ...dropTarget(call, at),
      ...(ringing ? [{ do: 'stop-ringing' as const, channel: leg.id }] : []),
      { do: 'stop-music', channel },
      { do: 'make-bridge', bridge: bridgeOf(call) },
      { do: 'join', bridge: bridgeOf(call), caller: channel, leg: leg.id },
      tell(call.operatorId, { type: 'call-resumed' }),
    ],
  }
}

function legUp(call: Consulting): CallStep {
  if (!call.leg || call.leg.up) return stale
  const { until: _back, ...rest } = call
  const next: Consulting = { ...rest, leg: { ...call.leg, up: true } }
  return { next, effects: retune(call, soundsOf(call), soundsOf(next)) }
}

/** His browser died in the middle: whoever he spoke to hears music, the target that rings goes on ringing. */
function away(call: Consulting, at: number, limits: CallLimits): Move<Consulting> {
  const { leg, ...rest } = call
  const next: Consulting = { ...rest, until: call.until ?? at + limits.rejoinMs }
  return { next, effects: [...retune(call, soundsOf(call), soundsOf(next)), ...dropLeg(leg)] }
}

function back(call: Consulting, event: { at: number; page: PageId }, limits: CallLimits): CallStep {
  if (call.leg?.page === event.page) return stale
  const gone = away(call, event.at, limits)
  const { visit, leg } = newLeg(visitOf(call), event, limits)
  return {
    next: { ...gone.next, ...visit, leg },
    effects: [...gone.effects, callPhone(leg, call.operatorId)],
  }
}

/** He does not come back: what he had arranged is completed, or else the caller is served by somebody else. */
function lost(call: Consulting, at: number): CallStep {
  if (call.target.answeredAt !== undefined) return transfer(call, { at, ringMs: 0 })
  const back = backToHead(call, at)
  return { next: back.next, effects: [...dropTarget(call, at), ...back.effects] }
}

function deadline(call: Consulting, at: number): CallStep {
  const { leg, target } = call
  if (!leg?.up && call.until !== undefined && at >= call.until) return lost(call, at)
  if (target.kind !== 'queue' && target.answeredAt === undefined && at >= target.expiresAt) {
    const onTarget = dropTarget(call, at, { type: 'call-missed', reason: 'no-answer' })
    return targetOver(call, at, { onTarget, reason: 'unanswered' })
  }
  if (!leg || leg.up || at < leg.dueAt) return stale
  const { leg: _never, ...next } = call
  return { next, effects: dropLeg(leg) }
}
