import type { CallId, UserId } from '@tsunagu/contract'
import type { Operator, OperatorEvent, OperatorRefusal } from '../../domain/operator/operator.js'
import { step } from '../../domain/operator/step.js'
import { openOf, recordOperator } from '../../domain/records/record-operator.js'
import type { Changes } from '../monitor/ports.js'
import type { LiveOperators, Log } from '../ports.js'
import type { RecordNotes } from '../records/ports.js'

export interface OperatorsDeps {
  live: LiveOperators
  log: Log
  records: RecordNotes
  changes: Changes
  publish(id: UserId): Promise<void>
  /** Somebody may have become free. */
  dispatch(): void
}

export type Applied =
  { ok: true; before: Operator; after: Operator } | { ok: false; code: OperatorRefusal | 'not-found' }

/** Writers collide only when two want one operator at the same moment, so a few tries are many. */
const MOST_TRIES = 20

/**
 * The one door to every operator: load, step, save if nobody was faster (else again, on what is true now), publish.
 */
export class Operators {
  constructor(private readonly deps: OperatorsDeps) {}

  /** `quiet` leaves the publishing to the caller, who changes more before the screen should move. */
  async apply(id: UserId, event: OperatorEvent, options: { quiet?: boolean } = {}): Promise<Applied> {
    const { live, log } = this.deps
    for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
      const stored = await live.load(id)
      if (!stored) return { ok: false, code: 'not-found' }
      const result = step(stored.value, event)
      if ('refused' in result) return { ok: false, code: result.refused }
      const { next, over } = recordOperator(stored.value, result.next, event)
      if (!(await live.save(next, stored.version, over))) continue
      this.deps.records.noted(id, over, openOf(next))
      this.deps.changes.operator(next)
      if (next.status.kind !== stored.value.status.kind) {
        const { kind, reason } = next.status
        log.info({ operator: id, before: stored.value.status.kind, after: kind, reason }, 'status')
      }
      if (!options.quiet) await this.deps.publish(id)
      this.deps.dispatch()
      return { ok: true, before: stored.value, after: next }
    }
    throw new Error(`operator ${id} is written by too many at once`)
  }

  /** Whether this is the call he has now. */
  async has(call: CallId, id: UserId): Promise<boolean> {
    return (await this.deps.live.load(id))?.value.callId === call
  }
}
