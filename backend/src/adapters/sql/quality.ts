import type { Quality, QualityEntry } from '../../app/ports.js'
import type { Sql } from './database.js'
import { patiently } from './patiently.js'

/** Over the moment of another write; an outage is the writer's business. */
const PATIENCE_MS = 500

/** How the legs of the calls sounded. */
export function sqlQuality(db: Sql): Quality {
  return {
    put: (entries) =>
      patiently(
        db,
        async (all) => {
          for (const entry of entries) await putOne(all, entry)
        },
        PATIENCE_MS,
      ),
  }
}

async function putOne(db: Sql, { callId, operator, leg, first, ...measured }: QualityEntry): Promise<void> {
  const row = {
    average: measured.average,
    minimum: measured.minimum,
    cause: measured.cause,
    measured_ms: measured.measuredMs,
    at: measured.at,
  }
  const key = { call_id: callId, operator, leg }
  // In either case a report that came late is no newer than what is there.
  if (first) {
    await db
      .insertInto('call_quality')
      .values({ ...key, ...row })
      .onConflict((known) =>
        known
          .columns(['call_id', 'operator', 'leg'])
          .doUpdateSet(row)
          .where('call_quality.measured_ms', '<=', row.measured_ms),
      )
      .execute()
    return
  }
  await db
    .updateTable('call_quality')
    .set(row)
    .where('call_id', '=', callId)
    .where('operator', '=', operator)
    .where('leg', '=', leg)
    .where('measured_ms', '<=', row.measured_ms)
    .execute()
}
