import type { UserId } from '@tsunagu/contract'
import type { Call } from '../call/call.js'
import type { CallEvent, Move, OperatorNews } from '../call/messages.js'
import { goingOn, isUp, type Going } from './call-spans.js'
import { closed, type ClosedSpan, type OfferCause, type Span, type Visit, type VisitOutcome } from './span.js'

/** What the records know of a call while it goes on; kept with it, the call's own steps pass it by. */
export interface CallNotes {
  /** How many spans there were. */
  spans: number
  open: OpenSpan[]
  /** How many visits to a queue there were, and the one it is in, or was when it was answered. */
  visits: number
  visit?: Visit
  /** In which visit each operator spoke to the caller: his wrap-up belongs to it. */
  served: { operator: UserId; visit: Visit }[]
}
type OpenSpan = Span & { id: string }

/** The state as it is to be stored, and what is over with it. */
export interface Recorded<T> {
  next: T
  over: ClosedSpan[]
}

/** What brought the move about. */
export type Cause = Pick<CallEvent, 'at'> & { type: CallEvent['type'] | 'begun' }

const NONE: CallNotes = { spans: 0, visits: 0, open: [], served: [] }

/** Pure: compares what goes on before and after a move. What begins is noted in the call, what is over is to be written. */
export function recordCall(before: Call | undefined, move: Move, cause: Cause): Recorded<Call> {
  const { next } = move
  const notes = before?.notes ?? NONE
  const visit = visitOf(notes, move, cause)
  const step: Step = { before, ...move, cause, visit }
  const renewed = visit !== notes.visit
  const going = goingOn(next, { inLine: isInLine(notes, next), cause: offerCause(step) })
  const stays = ({ id }: OpenSpan): boolean =>
    going.some((one) => one.id === id) && !(renewed && id === 'visit')
  const over = notes.open.filter((span) => !stays(span)).map((span) => close(span, step))
  const kept = notes.open.filter(stays)
  const fresh = going.filter(({ id }) => !kept.some((span) => span.id === id))
  const begun = fresh.map((one, i) => begin(one, step, notes.spans + i + 1))
  const open = [...kept.map((span) => brought(span, going, step)), ...begun]
  const counts = { spans: notes.spans + begun.length, visits: Math.max(notes.visits, visit?.n ?? 0) }
  const served = servedBy(notes, next, visit)
  return { next: { ...next, notes: { ...counts, open, served, ...(visit ? { visit } : {}) } }, over }
}

/** The visit in which this operator spoke to the caller. */
export function visitWith(operator: UserId, call: Call | undefined): Visit | undefined {
  return call?.notes?.served.find((one) => one.operator === operator)?.visit
}

interface Step extends Move {
  before: Call | undefined
  cause: Cause
  visit: Visit | undefined
}

/** A transfer into a line is a new visit, as is another queue; whoever comes back is where he was. */
function visitOf(notes: CallNotes, { next, effects }: Move, cause: Cause): Visit | undefined {
  const { visit, visits } = notes
  const left = effects.some((effect) => effect.do === 'tell-operator' && effect.news.type === 'caller-left')
  // The operator goes on with the target of his transfer: that is none of the queue's.
  if (left) return undefined
  if (next.status !== 'waiting') return visit
  const same = visit?.queueId === next.queueId && cause.type !== 'transfer'
  if (same) return visit
  // A supervisor moved him: his wait goes on.
  const enteredAt = cause.type === 'move' && visit ? visit.enteredAt : cause.at
  return { n: visits + 1, queueId: next.queueId, enteredAt }
}

/** Ringing and being connected are still the queue's, unless the call came there from somewhere else. */
function isInLine({ open }: CallNotes, next: Call): boolean {
  if (next.status === 'waiting') return true
  const was = open.some(({ kind }) => kind === 'visit')
  return was && (next.status === 'offered' || next.status === 'connecting')
}

function offerCause({ before, cause }: Step): OfferCause {
  if (cause.type === 'take' || cause.type === 'take-over') return 'taken'
  if (before?.status === 'offered') {
    return (before.notes?.open.find(({ kind }) => kind === 'offer')?.what ?? 'queue') as OfferCause
  }
  if (before?.status === 'consulting') return 'transfer'
  return before?.status === 'parked' ? 'ring-back' : 'queue'
}

function begin({ id, ...one }: Going, step: Step, n: number): OpenSpan {
  const { next, cause, visit } = step
  const again = one.kind === 'visit' && isServed(step)
  const about = { callId: next.id, ...(visit && one.kind !== 'call' ? { visit } : {}) }
  const span = { id, key: `${next.id} ${String(n)} ${one.kind}`, since: cause.at, ...one, ...about }
  return again ? { ...span, detail: { again } } : span
}

/** Somebody had spoken to him in this very visit. */
function isServed({ before, visit }: Step): boolean {
  return before?.notes?.served.some((one) => one.visit.n === visit?.n) ?? false
}

/** What became known of a span that goes on. */
function brought(span: OpenSpan, going: Going[], { next, cause }: Step): OpenSpan {
  const { leg, upAt } = span.detail ?? {}
  if (leg !== undefined) {
    return upAt === undefined && isUp(next, leg)
      ? { ...span, detail: { ...span.detail, upAt: cause.at } }
      : span
  }
  const now = going.find(({ id }) => id === span.id)?.detail
  return now ? { ...span, detail: { ...span.detail, ...now } } : span
}

function servedBy({ served }: CallNotes, next: Call, visit: Visit | undefined): CallNotes['served'] {
  if (next.status !== 'talking' || !visit) return served
  const { operatorId: operator } = next
  const known = served.some((one) => one.operator === operator && one.visit.n === visit.n)
  return known ? served : [...served.filter((one) => one.operator !== operator), { operator, visit }]
}

function close({ id: _id, ...span }: OpenSpan, step: Step): ClosedSpan {
  const { next, cause } = step
  const outcome = outcomeOf(span, step)
  const who = span.kind === 'visit' && next.status === 'talking' ? { operator: next.operatorId } : {}
  return closed({ ...span, ...who }, cause.at, outcome)
}

function outcomeOf(span: Span, step: Step): string | undefined {
  const { next } = step
  switch (span.kind) {
    case 'call':
      return next.status === 'ended' ? next.reason : undefined
    case 'visit':
      return visitOutcome(next)
    case 'offer':
      return offerOutcome(span, step)
    case 'park':
      return parkOutcome(next)
    case 'consult':
      return isTransferred(step) ? 'transferred' : 'over'
    default:
      return undefined
  }
}

function visitOutcome(next: Call): VisitOutcome {
  if (next.status === 'waiting') return 'moved'
  if (next.status !== 'ended') return 'answered'
  return next.reason === 'abandoned' || next.reason === 'caller-hung-up' ? 'abandoned' : 'cut'
}

/** As the operator himself is told; 「通話」 out of the queue is told only when the two hear each other. */
function offerOutcome({ operator }: Span, { next, effects }: Step): string {
  const told = effects.flatMap((effect): OperatorNews[] =>
    effect.do === 'tell-operator' && effect.operatorId === operator ? [effect.news] : [],
  )
  for (const news of told) {
    if (news.type === 'call-missed') return news.reason
    if (news.type === 'call-answered') return 'answered'
    if (news.type === 'call-handed') return 'handed'
  }
  return next.status === 'connecting' ? 'answered' : 'withdrawn'
}

function parkOutcome(next: Call): string {
  if (next.status === 'ended') return 'given-up'
  if (next.status === 'offered') return next.taken ? 'taken' : 'rang-back'
  return 'returned'
}

/** The caller went to the target, by 「転送実行」 or because the operator was lost after they had spoken. */
function isTransferred({ before, next, cause }: Step): boolean {
  if (next.status === 'offered' || next.status === 'handed-over') return true
  if (next.status === 'waiting') return cause.type === 'transfer'
  const first = before?.status === 'consulting' ? before.operatorId : undefined
  return next.status === 'talking' && next.operatorId !== first
}
