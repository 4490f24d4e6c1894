import type { CallId, CallView, OperatorView, ParkSlot, StatusReason, TargetView } from '@tsunagu/contract'

/** A change worth saying aloud once. Clocks are never among them. */
export type Announcement =
  | { urgency: 'alert'; what: 'incoming'; call: CallView }
  | { urgency: 'polite'; what: 'dialling' | 'handed'; call: CallView }
  | { urgency: 'polite'; what: CallNews }
  | { urgency: 'polite'; what: 'parked'; slot: ParkSlot }
  | { urgency: 'alert'; what: 'rejoining' }
  | { urgency: 'polite'; what: 'target'; target: TargetView }
  | { urgency: 'polite'; what: 'status'; status: OperatorView['status'] }
  | { urgency: 'alert'; what: 'reason'; reason: StatusReason }
  | { urgency: 'polite'; what: 'heard'; names: string[] }
  | { urgency: 'polite'; what: 'next'; next: NonNullable<OperatorView['next']> }

type CallNews =
  | 'talking'
  | 'resumed'
  | 'rejoined'
  | 'answered'
  | 'held'
  | 'held-by-other'
  | 'other-back'
  | 'target-over'
  | 'transferred'
  | 'call-over'
  | 'alert-off'

/** A call that this page is putting into a slot: when it goes from here, it is not over. */
export interface Parking {
  call: CallId
  slot: ParkSlot
}

/** What changed between two views, in words for the live regions. Nothing on the first view: the page itself is read. */
export function announcementsFor(
  before: OperatorView | undefined,
  after: OperatorView,
  parking?: Parking,
): Announcement[] {
  if (!before) return after.call?.phase === 'ringing' ? [incoming(after.call)] : []
  const slot = after.call ? undefined : slotOf(before.call, parking)
  const said: Announcement[] = slot ? [{ urgency: 'polite', what: 'parked', slot }] : ofCall(before, after)
  said.push(...ofStatus(before, after))
  // That it is on, and who has seen it, is said where it stands: the hint below the button is a live region itself.
  if (before.alert && !after.alert) said.push(...news('alert-off'))
  said.push(...ofListeners(before, after))
  if (after.next && JSON.stringify(after.next) !== JSON.stringify(before.next)) {
    said.push({ urgency: 'polite', what: 'next', next: after.next })
  }
  return said
}

const incoming = (call: CallView): Announcement => ({ urgency: 'alert', what: 'incoming', call })
const news = (what: CallNews): Announcement[] => [{ urgency: 'polite', what }]

const slotOf = (call: CallView | undefined, parking: Parking | undefined): ParkSlot | undefined =>
  call && call.id === parking?.call ? parking.slot : undefined

function ofCall(before: OperatorView, after: OperatorView): Announcement[] {
  const was = before.call
  const is = after.call
  if (!is) return was ? ofEnd(was, reasonOf(before, after)) : []
  if (was?.id === is.id && was.phase === is.phase) return withinPhase(was, is)
  switch (is.phase) {
    case 'ringing':
      return [incoming(is)]
    case 'dialling':
      return [{ urgency: 'polite', what: 'dialling', call: is }]
    case 'talking':
      return ofTalk(was, reasonOf(before, after))
    case 'held':
      return news(was?.phase === 'consulting' ? 'target-over' : 'held')
    case 'consulting':
      return ofTarget(undefined, is.target)
    case 'rejoining':
      return [{ urgency: 'alert', what: 'rejoining' }]
  }
}

function ofTalk(was: CallView | undefined, reason: StatusReason | undefined): Announcement[] {
  // Who goes on with the target after the caller left has been speaking all the time.
  if (was?.phase === 'consulting' && reason) return []
  return news(upAgain(was?.phase))
}

/** A call that is up was answered just now, here or there, or it comes back from where it was. */
function upAgain(before: CallView['phase'] | undefined): CallNews {
  switch (before) {
    case 'dialling':
      return 'answered'
    case 'held':
    case 'consulting':
      return 'resumed'
    case 'rejoining':
      return 'rejoined'
    default:
      return 'talking'
  }
}

function ofEnd(was: CallView, reason: StatusReason | undefined): Announcement[] {
  return news(was.phase === 'consulting' && !reason ? 'transferred' : 'call-over')
}

function withinPhase(was: CallView, is: CallView): Announcement[] {
  if (is.phase === 'consulting') return ofTarget(was.target, is.target)
  // A colleague asked about this caller, and now he is here.
  if (was.onBehalfOf && !is.internal) return [{ urgency: 'polite', what: 'handed', call: is }]
  if (was.heldByOther === is.heldByOther) return []
  return news(is.heldByOther ? 'held-by-other' : 'other-back')
}

function ofTarget(was: TargetView | undefined, is: TargetView | undefined): Announcement[] {
  if (!is || (was?.number === is.number && was.phase === is.phase)) return []
  return [{ urgency: 'polite', what: 'target', target: is }]
}

/** Who came into the call; that somebody only changed how he takes part is no news. */
function ofListeners(before: OperatorView, after: OperatorView): Announcement[] {
  const known = new Set(before.heardBy?.map(({ name }) => name))
  const names = (after.heardBy ?? []).map(({ name }) => name).filter((name) => !known.has(name))
  return names.length > 0 ? [{ urgency: 'polite', what: 'heard', names }] : []
}

/** Statuses that a call brings along are said by the call itself. */
const OF_CALLS: readonly string[] = ['ringing', 'dialling', 'talking', 'held', 'internal']

function ofStatus(before: OperatorView, after: OperatorView): Announcement[] {
  const reason = reasonOf(before, after)
  if (reason) return [{ urgency: 'alert', what: 'reason', reason }]
  const { status } = after
  const same = status.since === before.status.since && status.kind === before.status.kind
  if (same || OF_CALLS.includes(status.kind)) return []
  return [{ urgency: 'polite', what: 'status', status }]
}

/** The reason that is new with this view. */
function reasonOf({ status: was }: OperatorView, { status: is }: OperatorView): StatusReason | undefined {
  const same = is.reason === was.reason && is.since === was.since && is.kind === was.kind
  return same ? undefined : is.reason
}
