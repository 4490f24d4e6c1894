import type {
  CallId,
  Choice,
  ChoiceFor,
  PageId,
  QueueId,
  StatusKind,
  StatusReason,
  UserId,
} from '@tsunagu/contract'
import type { OperatorNews } from '../call/messages.js'
import type { Listening } from '../listening/listening.js'
import type { OperatorNotes } from '../records/record-operator.js'
import type { Visit } from '../records/span.js'

/** One status and the time it began, UTC ms (operator.md section 3). */
export interface Status {
  kind: StatusKind
  since: number
  work?: string
  reason?: StatusReason
  endsAt?: number
}

/** A logged-in operator. The server owns this; every page only shows it. */
export interface Operator {
  id: UserId
  name: string
  extension: string
  /** A supervisor: has a phone like anybody, but no queue calls, no wrap-up and no place in the figures. */
  supervises?: true
  queues: QueueId[]
  status: Status
  /** Where 小休憩 goes back to. */
  before?: Pick<Status, 'kind' | 'work'>
  /** What he did when his call came: a call nobody spoke in leads back to it. Absent: 受付可. */
  beforeCall?: BeforeCall
  /** Chosen during a call, for after it. */
  next?: ChoiceFor
  /** A supervisor's, while his phone is in somebody's call. Then he has no call of his own. */
  listening?: Listening
  /** His one call. */
  callId?: CallId
  /** When that call began on his phone, and when he and the other party first spoke: for his history. */
  callSince?: number
  callAnsweredAt?: number
  /** Of a call that he dialled, or that another extension did. Absent: a caller from outside. */
  callWith?: CallWith
  /** Ready without a call since then: the order in which operators are offered calls. Kept over a call that was not his fault to miss. */
  idleSince: number
  /** The page that owns the phone; absent: disconnected. */
  page?: PageId
  /** He asks for help since then (アラート); independent of status and call. */
  alert?: { since: number; acknowledgedBy?: string }
  /** 「外線」: the company number that his outgoing calls present; absent: that of his first queue. */
  presents?: string
  /** A supervisor has asked for the end of his login after his call. */
  leavesAfterCall?: true
  /** The SIP registration, as Asterisk sees it. */
  registered: boolean
  /** What the records know of him; put there after each step, which passes it by. */
  notes?: OperatorNotes
}

export type BeforeCall = Pick<Status, 'kind' | 'work' | 'endsAt'>

/** The other end of an outgoing or internal call. */
export interface CallWith {
  direction: 'in' | 'out'
  /** Another extension: such a call leaves the status alone, but for 受付可 (operator.md section 3). */
  internal: boolean
  number: string
  /** He had spoken to a caller before, who left him with this one. */
  owesWrapUp?: true
}

export type OperatorEvent =
  | { type: 'choose'; at: number; choice: Choice }
  | { type: 'cancel-next'; at: number }
  /** A supervisor chooses for him. */
  | { type: 'assigned'; at: number; choice: ChoiceFor }
  /** A supervisor ends his wrap-up. */
  | { type: 'wrap-up-ended'; at: number }
  /** A supervisor logs him out, but not out of his call. */
  | { type: 'leaves-after-call'; at: number }
  | { type: 'offered'; at: number; callId: CallId }
  /** A call rings here that is not a queue's offer: in every status, as long as he has none. */
  | { type: 'rung-back'; at: number; callId: CallId }
  /** He dials, in whatever status he is. */
  | { type: 'dialling'; at: number; callId: CallId; with: CallWith }
  /** Another extension rings him, in whatever status he is. */
  | { type: 'called'; at: number; callId: CallId; number: string }
  /** He takes a call out of a slot. */
  | { type: 'taking'; at: number; callId: CallId }
  /** Somebody else was faster: back to the status he had, with its clock. */
  | { type: 'not-taken'; at: number; callId: CallId; status: Status }
  | { type: 'presents'; at: number; number: string }
  /** A supervisor listens, as his listening has it from now on; without one he no longer does. */
  | { type: 'listens'; at: number; listening: Listening | undefined }
  | { type: 'alert'; at: number; on: boolean }
  | { type: 'alert-acknowledged'; at: number; by: string }
  | { type: 'news'; at: number; callId: CallId; news: OperatorNews; wrapUpMs?: number; visit?: Visit }
  | { type: 'page-claimed'; at: number; page: PageId }
  | { type: 'page-gone'; at: number; page: PageId }
  | { type: 'registered'; at: number; registered: boolean }
  /** The server restarted: pages must come again. */
  | { type: 'pages-unknown'; at: number }
  | { type: 'deadline'; at: number }

export type OperatorRefusal = 'stale' | 'wrong-state'
export type OperatorStep = { next: Operator } | { refused: OperatorRefusal }

/**
 * Only 受付可 with a phone that can ring gets queue calls (operator.md section 3; section 1: never a disconnected one), and
 * nobody whose login ends in this moment.
 */
export function isAvailable(operator: Operator): boolean {
  const { status, callId, supervises, leavesAfterCall } = operator
  const takesCalls = !supervises && !leavesAfterCall
  return takesCalls && status.kind === 'ready' && callId === undefined && isReachable(operator)
}

/** A page owns the phone and it is registered: a leg would arrive. */
export function isReachable(operator: Operator): boolean {
  return operator.page !== undefined && operator.registered
}
