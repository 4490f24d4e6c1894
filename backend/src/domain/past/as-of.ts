import type { CallId } from '@tsunagu/contract'
import type { ClosedSpan, Span, SpanDetail } from '../records/span.js'

/** Over or going on, as it is read from the records and the live notes. */
export type Known = Span | ClosedSpan

export const endOf = (span: Known): number | undefined => ('until' in span ? span.until : undefined)

export const goesOnAt = (span: Known, time: number): boolean =>
  span.since <= time && (endOf(span) ?? Infinity) > time

/**
 * Pure: what somebody could know of these at a moment. What had not begun is not there, what had not ended goes on, and what
 * became known later is forgotten.
 */
export function asOf(spans: Iterable<Known>, time: number): Known[] {
  return [...spans].flatMap((span) => {
    if (span.since > time) return []
    const { detail, ...rest } = span
    const known = detail && detailAsOf(detail, time)
    const seen = known ? { ...rest, detail: known } : rest
    return [goesOnAt(span, time) ? withoutEnd(seen) : seen]
  })
}

function withoutEnd(span: Known): Span {
  if (!('until' in span)) return span
  // Whose call it became, a visit says when it is over.
  const { until: _until, outcome: _outcome, ...rest } = span
  if (rest.kind !== 'visit') return rest
  const { operator: _operator, ...visit } = rest
  return visit
}

function detailAsOf(detail: SpanDetail, time: number): SpanDetail {
  const { acknowledgedAt, acknowledgedBy, answeredAt, upAt, ...rest } = detail
  const isKnown = (at: number | undefined): at is number => at !== undefined && at <= time
  return {
    ...rest,
    ...(isKnown(acknowledgedAt) ? { acknowledgedAt } : {}),
    ...(isKnown(acknowledgedAt) && acknowledgedBy !== undefined ? { acknowledgedBy } : {}),
    ...(isKnown(answeredAt) ? { answeredAt } : {}),
    ...(isKnown(upAt) ? { upAt } : {}),
  }
}

/** By call; what belongs to none is left out. In the order of their beginnings. */
export function byCall<Of extends Known>(spans: Iterable<Of>): Map<CallId, Of[]> {
  const calls = new Map<CallId, Of[]>()
  for (const span of spans) {
    if (span.callId === undefined || span.kind === 'status' || span.kind === 'alert' || span.kind === 'act')
      continue
    const known = calls.get(span.callId)
    if (known) known.push(span)
    else calls.set(span.callId, [span])
  }
  for (const all of calls.values()) all.sort((a, b) => a.since - b.since)
  return calls
}
