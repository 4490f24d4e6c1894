import type { CallId, UserId } from '@tsunagu/contract'
import type { Operator, OperatorEvent, Status } from '../operator/operator.js'
import type { Recorded } from './record-call.js'
import { closed, type ClosedSpan, type Span, type SpanDetail, type Visit } from './span.js'

/** What the records know of a logged-in operator; kept with him. */
export interface OperatorNotes {
  loggedInAt: number
  /** How many spans there were in this login. */
  spans: number
  open: { login: Span; status: Span; alert?: Span }
  /** The last call that had a wrap-up: one that was interrupted by a dialled number goes on as the same call's. */
  wrapUp?: About
}

interface About {
  callId?: CallId
  visit?: Visit
}

/** Pure: the beginning of a login, with the status it begins in. Supervisors have none in the records: no figure is of them. */
export function recordLogin(operator: Operator, at: number): Operator {
  if (operator.supervises) return operator
  const notes = { loggedInAt: at, spans: 0 }
  const detail = { queues: operator.queues }
  const login = { ...begin(operator, { ...notes, kind: 'login', at }), detail }
  const status = beginStatus(operator, { ...notes, spans: 1 }, { at, about: {} })
  return { ...operator, notes: { loggedInAt: at, spans: 2, open: { login, status } } }
}

/** Pure: compares an operator before and after a step, as `recordCall` does with a call. */
export function recordOperator(before: Operator, next: Operator, event: OperatorEvent): Recorded<Operator> {
  const { notes = recordLogin(before, event.at).notes } = before
  if (!notes) return { next, over: [] }
  const status = noteStatus(notes, { before, next, event })
  const alert = noteAlert(status.notes, next, event.at)
  return { next: { ...next, notes: alert.notes }, over: [...status.over, ...alert.over] }
}

/** Pure: everything that ends with a login. */
export function recordLogout({ notes }: Operator, at: number, reason: string): ClosedSpan[] {
  if (!notes) return []
  const { login, status, alert } = notes.open
  const help = alert ? [closed(alert, at, 'logged-out')] : []
  return [closed(status, at), ...help, closed(login, at, reason)]
}

/** What goes on of him. */
export function openOf({ notes }: Operator): Span[] {
  return notes ? Object.values(notes.open) : []
}

interface Noted {
  notes: OperatorNotes
  over: ClosedSpan[]
}

interface Change {
  before: Operator
  next: Operator
  event: OperatorEvent
}

function noteStatus(notes: OperatorNotes, { before, next, event }: Change): Noted {
  if (isSame(before.status, next.status)) return { notes, over: [] }
  const wrapUp = wrapUpOf(notes, { before, next, event })
  const about = next.status.kind === 'wrap-up' ? (wrapUp ?? {}) : duringCall(next)
  const { at } = event
  const status = beginStatus(next, notes, { at, about })
  const over = [closed(notes.open.status, at)]
  const open = { ...notes.open, status }
  return { notes: { ...notes, spans: notes.spans + 1, open, ...(wrapUp ? { wrapUp } : {}) }, over }
}

const isSame = (one: Status, other: Status): boolean =>
  one.kind === other.kind && one.work === other.work && one.since === other.since

const duringCall = ({ callId }: Operator): About => (callId === undefined ? {} : { callId })

/** The end of a talk begins a wrap-up; any other way into one leads back to the last. */
function wrapUpOf({ wrapUp }: OperatorNotes, { before, event }: Change): About | undefined {
  if (event.type !== 'news' || event.news.type !== 'call-ended') return wrapUp
  const { visit } = event
  return { ...duringCall(before), ...(visit ? { visit } : {}) }
}

function noteAlert(notes: OperatorNotes, next: Operator, at: number): Noted {
  const { alert: known, ...open } = notes.open
  if (!next.alert) {
    return known ? { notes: { ...notes, open }, over: [closed(known, at, 'withdrawn')] } : { notes, over: [] }
  }
  const begun = known ?? { ...begin(next, { ...notes, kind: 'alert', at }), ...duringCall(next) }
  const alert = acknowledged(begun, next.alert.acknowledgedBy, at)
  const spans = known ? notes.spans : notes.spans + 1
  return { notes: { ...notes, spans, open: { ...open, alert } }, over: [] }
}

function acknowledged(alert: Span, by: string | undefined, at: number): Span {
  if (by === undefined || by === alert.detail?.acknowledgedBy) return alert
  return { ...alert, detail: { ...alert.detail, acknowledgedBy: by, acknowledgedAt: at } }
}

interface Beginning {
  loggedInAt: number
  spans: number
  kind: 'login' | 'status' | 'alert'
  at: number
}

function begin({ id }: Pick<Operator, 'id'>, { loggedInAt, spans, kind, at }: Beginning): Span {
  return { key: keyOf(id, loggedInAt, spans + 1) + ` ${kind}`, kind, since: at, operator: id }
}

const keyOf = (id: UserId, loggedInAt: number, n: number): string =>
  `${id} ${String(loggedInAt)} ${String(n)}`

function beginStatus(
  operator: Operator,
  notes: Pick<OperatorNotes, 'loggedInAt' | 'spans'>,
  { at, about }: { at: number; about: About },
): Span {
  const { kind, work, reason, since } = operator.status
  const detail: SpanDetail = {
    ...(since === at ? {} : { clock: since }),
    ...(work === undefined ? {} : { work }),
    ...(reason === undefined ? {} : { reason }),
  }
  const span = { ...begin(operator, { ...notes, kind: 'status', at }), ...about, what: kind }
  return Object.keys(detail).length > 0 ? { ...span, detail } : span
}
