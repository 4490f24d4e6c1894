import { mkdtempSync, rmSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterEach, expect, test } from 'vitest'
import { freePort } from '../../../scripts/lib/ports.mjs'
import { signalGroup } from '../../../scripts/lib/processes.mjs'
import { installPostgres, startPostgres } from '../../../scripts/lib/runtime/index.mjs'
import { openDatabase } from '../../src/adapters/sql/database.js'
import { sqlRecordStore } from '../../src/adapters/sql/spans.js'
import type { Log } from '../../src/app/ports.js'
import type { ClosedSpan, SpanKind } from '../../src/domain/records/span.js'
import { localDay } from '../../src/domain/metrics/local-day.js'
import { checkWhole, Day, MORNING, TIME_ZONE } from '../support/day.js'

const SEED = 7
const STEPS = 150

const said: string[] = []
const say = (_fields: object, message: string): void => void said.push(message)
const log: Log = { debug: () => undefined, info: say, warn: say, error: say }

let dir: string
let tidy: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const one of tidy.reverse()) await one()
  tidy = []
  said.length = 0
  rmSync(dir, { recursive: true })
})

/** The first third of a day as ever, the second without the database, the third with it again; nothing waits, nothing is lost. */
async function liveThrough(url: string, outage: { begin(): Promise<void>; end(): Promise<void> }) {
  const db = await openDatabase(url, 0)
  tidy.push(() => db.destroy())
  const store = sqlRecordStore(db)
  const day = new Day(store, { seed: SEED, log, retryMs: 100 })
  tidy.push(() => day.stage.close())
  await day.begin()
  const timed = async (steps: number): Promise<number> => {
    const begin = performance.now()
    await day.run(steps)
    return performance.now() - begin
  }
  await day.run(STEPS)
  const before = await timed(STEPS)
  await outage.begin()
  const [decided, acts] = [day.decided.size, day.acts]
  const during = await timed(STEPS)
  expect(day.decided.size, 'calls are offered all the same').toBeGreaterThan(decided)
  expect(day.acts, 'and supervisors act').toBeGreaterThan(acts)
  expect(await day.waiting(), 'the outbox fills').toBeGreaterThan(0)
  // However quickly the steps went: until the outage was felt, it has not been one.
  await expect.poll(() => said, { timeout: 30_000 }).toEqual(['the records wait for the database'])
  await outage.end()
  await day.run(STEPS)
  await day.end()
  expect(await day.waiting(), 'the outbox is empty').toBe(0)
  expect(said).toEqual(['the records wait for the database', 'the records are being written again'])
  const { from, until } = localDay(MORNING, TIME_ZONE)
  const spans = await store.between(from, until)
  checkWhole(spans)
  const keysOf = (...kinds: SpanKind[]) =>
    spans.flatMap(({ kind, key }) => (kinds.includes(kind) ? [key] : [])).sort()
  expect(keysOf('decision')).toEqual([...day.decided].sort())
  expect(keysOf('act')).toHaveLength(day.acts)
  const others = spans.filter(({ kind }) => kind !== 'act' && kind !== 'decision')
  expect(new Set(others.map(({ key }) => key))).toEqual(day.noted)
  expect(offersIn(spans, 'decision', 'offered'), 'one decision an offer').toEqual(
    offersIn(spans, 'offer', 'queue'),
  )
  // Not a benchmark: a step that waited for the database once would take as long as all of them.
  expect(during).toBeLessThan(before * 3 + 1_000)
}

/** Who was offered which call, and when. */
const offersIn = (spans: ClosedSpan[], kind: SpanKind, what: string): string[] =>
  spans
    .filter((span) => span.kind === kind && span.what === what)
    .map(({ callId, operator, since }) => `${callId!} ${operator!} ${String(since)}`)
    .sort()

test('SQLite is held by another program', async () => {
  dir = mkdtempSync(join(tmpdir(), 'tsunagu-outage-'))
  const file = join(dir, 'tsunagu.db')
  let other: Database.Database | undefined
  await liveThrough(file, {
    begin: () => {
      other = new Database(file)
      return Promise.resolve(void other.exec('begin immediate'))
    },
    end: () => {
      other?.exec('rollback')
      return Promise.resolve(void other?.close())
    },
  })
}, 120_000)

test('PostgreSQL is killed, and comes back', async () => {
  dir = mkdtempSync(join(tmpdir(), 'tsunagu-outage-'))
  await chmod(dir, 0o711)
  const runtimeDir = process.env['RUNTIME_DIR'] ?? '.runtime'
  const postgres = await installPostgres({ runtimeDir, log: () => undefined })
  const place = { postgres, dir: join(dir, 'postgres'), port: await freePort() }
  let server = await startPostgres(place)
  tidy.push(() => server.stop())
  await liveThrough(`postgres://tsunagu@127.0.0.1:${String(place.port)}/postgres`, {
    begin: async () => {
      signalGroup(server.pid, 'SIGQUIT')
      await server.exited
    },
    end: async () => {
      server = await startPostgres(place)
    },
  })
}, 120_000)
