import { callId, legId, userId } from '@tsunagu/contract'
import { beforeEach, expect, test } from 'vitest'
import type { Quality, QualityEntry } from '../../app/ports.js'
import { openDatabase, type Sql } from './database.js'
import { sqlQuality } from './quality.js'

let db: Sql
let quality: Quality

beforeEach(async () => {
  db = await openDatabase(':memory:')
  quality = sqlQuality(db)
})

const entry = (changes: Partial<QualityEntry> = {}): QualityEntry => ({
  callId: callId('c1'),
  operator: userId('6320'),
  leg: legId('c1:leg:1'),
  average: 4.3,
  minimum: 4.1,
  cause: 'none',
  measuredMs: 3_000,
  at: 1_000,
  first: true,
  ...changes,
})

const rows = () =>
  db
    .selectFrom('call_quality')
    .select(['call_id', 'operator', 'leg', 'minimum', 'cause', 'measured_ms'])
    .orderBy('leg')
    .execute()

test('the reports of a leg make one line, of the latest', async () => {
  await quality.put([entry(), entry({ minimum: 2.2, cause: 'loss', measuredMs: 18_000 })])
  await quality.put([entry({ minimum: 2.1, cause: 'loss', measuredMs: 33_000, first: false })])
  expect(await rows()).toEqual([
    {
      call_id: 'c1',
      operator: '6320',
      leg: 'c1:leg:1',
      minimum: 2.1,
      cause: 'loss',
      measured_ms: 33_000,
    },
  ])
})

test('a report that was overtaken changes nothing', async () => {
  await quality.put([entry({ minimum: 2.2, measuredMs: 18_000 })])
  await quality.put([entry({ minimum: 4, measuredMs: 3_000 })])
  await quality.put([entry({ minimum: 4, measuredMs: 3_000, first: false })])
  expect((await rows()).map(({ minimum }) => minimum)).toEqual([2.2])
})

test('a leg that never reported while it was up is not made up afterwards', async () => {
  await quality.put([entry({ first: false })])
  expect(await rows()).toEqual([])
})

test('every leg and every operator of a call has a line of its own', async () => {
  await quality.put([
    entry(),
    entry({ leg: legId('c1:leg:2') }),
    entry({ leg: legId('c1:leg:3'), operator: userId('6321') }),
  ])
  expect((await rows()).map(({ operator, leg }) => [operator, leg])).toEqual([
    ['6320', 'c1:leg:1'],
    ['6320', 'c1:leg:2'],
    ['6321', 'c1:leg:3'],
  ])
})
