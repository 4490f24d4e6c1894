import { legId, type Ack, type PageId, type QualityBody, type UserId } from '@tsunagu/contract'
import { ownerOf } from '../../domain/call/names.js'
import { legFor } from './call-view.js'
import type { Clock, LiveCalls, LiveOperators, QualityLog } from '../ports.js'

export interface QualityDeps {
  live: LiveOperators
  liveCalls: LiveCalls
  quality: QualityLog
  clock: Clock
}

/** Who says it, and of what. */
export interface Heard {
  operator: UserId
  page: PageId
  report: QualityBody
}

/**
 * What an operator's page measured of its leg is kept with the call. The last report comes when the leg is gone already:
 * it only changes what an earlier one has put there, so that a page cannot make up legs.
 */
export async function noteQuality(deps: QualityDeps, { operator: id, page, report }: Heard): Promise<Ack> {
  const operator = (await deps.live.load(id))?.value
  if (operator?.page !== undefined && operator.page !== page) return { ok: false, code: 'not-phone-owner' }
  const leg = legId(report.leg)
  const callId = ownerOf(leg)?.callId
  if (!callId) return { ok: false, code: 'no-call' }
  const call = (await deps.liveCalls.load(callId))?.value
  const { average, minimum, cause, measuredMs } = report
  const measures = { average, minimum, cause, measuredMs }
  const first = call !== undefined && legFor(call, id) === leg
  deps.quality.record({ callId, operator: id, leg, ...measures, at: deps.clock.now(), first })
  return { ok: true }
}
