import { callId, queueId, userId, type CallId } from '@tsunagu/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase, type Sql } from '../../src/adapters/sql/database.js'
import { sqlPastStore } from '../../src/adapters/sql/past.js'
import { sqlRecordStore } from '../../src/adapters/sql/spans.js'
import type { ClosedSpan, SpanKind } from '../../src/domain/records/span.js'
import { DATABASES, type TestDatabase } from '../support/databases.js'

const CALLS = 500
/** What a call with an offer, a talk and a hold leaves behind, as a rule. */
const KINDS: SpanKind[] = [
  ...(['call', 'visit', 'decision', 'offer', 'leg', 'talk', 'hold', 'talk'] as const),
  ...(['status', 'status', 'status'] as const),
]
const ids = Array.from({ length: CALLS }, (_, i) => callId(`c${String(i)}`))

function recordsOf(id: CallId, at: number): ClosedSpan[] {
  const visit = { n: 1, queueId: queueId('main'), enteredAt: at }
  return KINDS.map((kind, i) => ({
    key: `${id} ${String(i)}`,
    kind,
    callId: id,
    operator: userId('6320'),
    visit,
    since: at + i * 1_000,
    until: at + i * 1_000 + 30_000,
    detail: { number: '09011111111', dialled: '0350600025' },
  }))
}

describe.each(DATABASES)('%s', (_, make) => {
  let database: TestDatabase
  let db: Sql

  beforeEach(async () => {
    database = await make()
    db = await openDatabase(database.url, 0)
    const store = sqlRecordStore(db)
    for (let i = 0; i < CALLS; i += 50)
      await store.append(ids.slice(i, i + 50).flatMap((id, n) => recordsOf(id, (i + n) * 60_000)))
  })
  afterEach(async () => {
    await db.destroy()
    await database.drop()
  })

  test('many calls are read in parts, and everybody else has a turn after each', async () => {
    let turns = 0
    let reading = true
    const turn = (): void => {
      turns++
      if (reading) setImmediate(turn)
    }
    setImmediate(turn)
    const found = await sqlPastStore(db).ofCalls(ids)
    reading = false
    expect(found).toHaveLength(CALLS * KINDS.length)
    expect(new Set(found.map(({ callId: id }) => id)).size).toBe(CALLS)
    expect(turns).toBeGreaterThanOrEqual(CALLS / 60)
  })
})
