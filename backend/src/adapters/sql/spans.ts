import { callId, queueId, userId } from '@tsunagu/contract'
import type { ExpressionBuilder, Selectable } from 'kysely'
import type { RecordStore } from '../../app/records/ports.js'
import type { ClosedSpan, SpanDetail } from '../../domain/records/span.js'
import type { Sql } from './database.js'
import { patiently } from './patiently.js'
import { endsBy, SIZES, sizeOf } from './record-size.js'
import type { RecordsTable, Tables } from './tables.js'

/** Over the moment of another write; an outage is the writer's business. */
const APPEND_PATIENCE_MS = 500

/** The records, one row each. */
export function sqlRecordStore(db: Sql): RecordStore {
  return {
    append: async (spans) => {
      const rows = spans.map(toRow)
      const write = (all: Sql) =>
        all
          .insertInto('records')
          .values(rows)
          .onConflict((known) => known.column('key').doNothing())
          .execute()
      await patiently(db, write, APPEND_PATIENCE_MS)
    },
    between: async (from, until) => {
      const rows = await db
        .selectFrom('records')
        .selectAll()
        .where((of) => of.or([...overlaps(of, from, until), isOfVisit(of, from, until)]))
        .orderBy('until')
        .orderBy('key')
        .execute()
      return rows.map(toSpan)
    },
    ofCall: async (id) => {
      const rows = await db
        .selectFrom('records')
        .selectAll()
        .where('call_id', '=', id)
        .orderBy('since')
        .orderBy('key')
        .execute()
      return rows.map(toSpan)
    },
  }
}

export type Of = ExpressionBuilder<Tables, 'records'>

/** Size by size, so that not everything later has to be looked at. What ends with the beginning belongs to it. */
const overlaps = (of: Of, from: number, until: number) =>
  SIZES.map((_, size) =>
    of.and([
      of('size', '=', size),
      of('until', '>=', from),
      of('until', '<=', endsBy(size, until)),
      of('since', '<', until),
    ]),
  )

/** A talk after midnight with a caller who came before it. */
const isOfVisit = (of: Of, from: number, until: number) =>
  of.and([of('entered_at', '>=', from), of('entered_at', '<', until)])

/** The columns by which somebody would look for it; what is left is in `detail`. */
function toRow(span: ClosedSpan): RecordsTable {
  const { key, kind, since, until, visit, detail } = span
  return {
    key,
    kind,
    since,
    until,
    size: sizeOf(span),
    what: span.what ?? null,
    outcome: span.outcome ?? null,
    call_id: span.callId ?? null,
    operator: span.operator ?? null,
    queue_id: visit?.queueId ?? null,
    visit: visit?.n ?? null,
    entered_at: visit?.enteredAt ?? null,
    detail: detail ? JSON.stringify(detail) : null,
  }
}

export function toSpan(row: Selectable<RecordsTable>): ClosedSpan {
  const { key, kind, since, until, what, outcome } = row
  return {
    key,
    kind,
    since,
    until,
    ...(what === null ? {} : { what }),
    ...(outcome === null ? {} : { outcome }),
    ...(row.call_id === null ? {} : { callId: callId(row.call_id) }),
    ...(row.operator === null ? {} : { operator: userId(row.operator) }),
    ...visitOf(row),
    ...(row.detail === null ? {} : { detail: JSON.parse(row.detail) as SpanDetail }),
  }
}

function visitOf({ queue_id, visit, entered_at }: Selectable<RecordsTable>): Pick<ClosedSpan, 'visit'> {
  if (queue_id === null || visit === null || entered_at === null) return {}
  return { visit: { n: visit, queueId: queueId(queue_id), enteredAt: entered_at } }
}
