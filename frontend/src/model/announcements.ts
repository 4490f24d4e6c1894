import type { CallView, OperatorView, StatusReason } from '@tsunagu/contract'

/** A change worth saying aloud once. Clocks are never among them. */
export type Announcement =
  | { urgency: 'alert'; what: 'incoming'; call: CallView }
  | { urgency: 'polite'; what: 'talking' | 'held' | 'call-over' }
  | { urgency: 'alert'; what: 'rejoining' }
  | { urgency: 'polite'; what: 'status'; status: OperatorView['status'] }
  | { urgency: 'alert'; what: 'reason'; reason: StatusReason }
  | { urgency: 'polite'; what: 'next'; next: NonNullable<OperatorView['next']> }

/** What changed between two views, in words for the live regions. Nothing on the first view: the page itself is read. */
export function announcementsFor(before: OperatorView | undefined, after: OperatorView): Announcement[] {
  if (!before) return after.call?.phase === 'ringing' ? [incoming(after.call)] : []
  const said = [...ofCall(before.call, after.call), ...ofStatus(before, after)]
  if (after.next && JSON.stringify(after.next) !== JSON.stringify(before.next)) {
    said.push({ urgency: 'polite', what: 'next', next: after.next })
  }
  return said
}

const incoming = (call: CallView): Announcement => ({ urgency: 'alert', what: 'incoming', call })

function ofCall(before: CallView | undefined, after: CallView | undefined): Announcement[] {
  if (before?.id === after?.id && before?.phase === after?.phase) return []
  if (!after) return [{ urgency: 'polite', what: 'call-over' }]
  switch (after.phase) {
    case 'ringing':
      return [incoming(after)]
    case 'talking':
    case 'held':
      return [{ urgency: 'polite', what: after.phase }]
    case 'rejoining':
      return [{ urgency: 'alert', what: 'rejoining' }]
  }
}

/** Statuses that a call brings along are said by the call itself. */
function ofStatus(before: OperatorView, after: OperatorView): Announcement[] {
  const { status } = after
  if (status.since === before.status.since && status.kind === before.status.kind) return []
  if (status.reason) return [{ urgency: 'alert', what: 'reason', reason: status.reason }]
  if (status.kind === 'ringing' || status.kind === 'talking' || status.kind === 'held') return []
  return [{ urgency: 'polite', what: 'status', status }]
}
