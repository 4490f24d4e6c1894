import type { CallId, CallView, OperatorView, ParkSlot, StatusReason } from '@tsunagu/contract'

/** A change worth saying aloud once. Clocks are never among them. */
export type Announcement =
  | { urgency: 'alert'; what: 'incoming'; call: CallView }
  | { urgency: 'polite'; what: 'talking' | 'held' | 'resumed' | 'rejoined' | 'call-over' | 'alert-off' }
  | { urgency: 'polite'; what: 'parked'; slot: ParkSlot }
  | { urgency: 'alert'; what: 'rejoining' }
  | { urgency: 'polite'; what: 'status'; status: OperatorView['status'] }
  | { urgency: 'alert'; what: 'reason'; reason: StatusReason }
  | { urgency: 'polite'; what: 'next'; next: NonNullable<OperatorView['next']> }

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
  const said: Announcement[] = slot
    ? [{ urgency: 'polite', what: 'parked', slot }]
    : ofCall(before.call, after.call)
  said.push(...ofStatus(before, after))
  // That it is on, and who has seen it, is said where it stands: the hint below the button is a live region itself.
  if (before.alert && !after.alert) said.push({ urgency: 'polite', what: 'alert-off' })
  if (after.next && JSON.stringify(after.next) !== JSON.stringify(before.next)) {
    said.push({ urgency: 'polite', what: 'next', next: after.next })
  }
  return said
}

const incoming = (call: CallView): Announcement => ({ urgency: 'alert', what: 'incoming', call })

const slotOf = (call: CallView | undefined, parking: Parking | undefined): ParkSlot | undefined =>
  call && call.id === parking?.call ? parking.slot : undefined

function ofCall(before: CallView | undefined, after: CallView | undefined): Announcement[] {
  if (before?.id === after?.id && before?.phase === after?.phase) return []
  if (!after) return [{ urgency: 'polite', what: 'call-over' }]
  switch (after.phase) {
    case 'ringing':
      return [incoming(after)]
    case 'talking':
      return [{ urgency: 'polite', what: upAgain(before?.phase) }]
    case 'held':
      return [{ urgency: 'polite', what: 'held' }]
    case 'rejoining':
      return [{ urgency: 'alert', what: 'rejoining' }]
  }
}

/** A call that is up was answered just now, or it comes back from where it was. */
function upAgain(before: CallView['phase'] | undefined): 'talking' | 'resumed' | 'rejoined' {
  if (before === 'held') return 'resumed'
  return before === 'rejoining' ? 'rejoined' : 'talking'
}

/** Statuses that a call brings along are said by the call itself. */
function ofStatus(before: OperatorView, after: OperatorView): Announcement[] {
  const { status } = after
  if (status.since === before.status.since && status.kind === before.status.kind) return []
  if (status.reason) return [{ urgency: 'alert', what: 'reason', reason: status.reason }]
  if (status.kind === 'ringing' || status.kind === 'talking' || status.kind === 'held') return []
  return [{ urgency: 'polite', what: 'status', status }]
}
