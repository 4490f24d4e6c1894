import type { BehindRow, CallOutcome } from '@tsunagu/contract'
import type { CallBehind } from '../metrics/figures.js'
import type { Told } from '../why/story.js'
import { endOf, type Known } from './as-of.js'

/** Pure: a visit behind a figure as it is listed. `spans`: all that is known of its call. */
export function behindRow(
  { callId, visit, over, under }: CallBehind,
  spans: Known[],
  told: Told,
): BehindRow | undefined {
  if (!visit) return undefined
  const ofIt = spans.filter((span) => span.visit?.n === visit.n)
  const stay = ofIt.find(({ kind, detail }) => kind === 'visit' && !detail?.again)
  const talks = ofIt.filter(({ kind }) => kind === 'talk')
  const number = spans.find(({ kind }) => kind === 'call')?.detail?.number
  const name = number === undefined ? undefined : told.nameOf(number)
  const operators = [...new Set(talks.flatMap(({ operator }) => operator ?? []))]
  const end = (span: Known | undefined): number => (span && endOf(span)) ?? told.now
  return {
    callId,
    visit: visit.n,
    enteredAt: visit.enteredAt,
    ...(number === undefined || number === '' ? {} : { number }),
    ...(name === undefined ? {} : { name }),
    queue: { id: visit.queueId, name: told.queue(visit.queueId) },
    operators: operators.map((id) => told.person(id)),
    outcome: stay && 'outcome' in stay ? (stay.outcome as CallOutcome) : 'waiting',
    waitedMs: Math.max(end(stay) - visit.enteredAt, 0),
    ...(talks.length > 0 ? { talkMs: talks.reduce((ms, talk) => ms + end(talk) - talk.since, 0) } : {}),
    over,
    under,
  }
}
