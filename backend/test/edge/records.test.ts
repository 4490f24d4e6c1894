import { join } from 'node:path'
import {
  callId,
  userId,
  type HistoryPage,
  type HistoryRow,
  type ImportedBook,
  type PersonalBook,
} from '@tsunagu/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/adapters/sql/database.js'
import { PatientWriter } from '../../src/app/patient-writer.js'
import type { HistoryEntry } from '../../src/domain/history/history-entry.js'
import type { Answer, Browser } from './browser.js'
import { EdgeRig } from './edge-rig.js'

let rig: EdgeRig
let hanako: Browser
let taro: Browser

beforeAll(async () => {
  rig = await EdgeRig.start()
  hanako = await rig.loggedIn('6320')
  taro = await rig.loggedIn('6321')
})
afterAll(() => rig.stop())

const PERSONAL = '/api/books/personal'
const suzuki = { name: '鈴木商店', kana: 'スズキショウテン', number: '0312340000' }

const book = async (browser: Browser): Promise<PersonalBook> =>
  (await browser.get(PERSONAL)).body as PersonalBook

/** Saves on top of what is there. */
async function save(browser: Browser, entries: object[]): Promise<Answer> {
  return browser.put(PERSONAL, { version: (await book(browser)).version, entries })
}

describe('the shared book', () => {
  test('has the ten entries of the demo, extensions among them', async () => {
    const { status, body } = await hanako.get('/api/books/shared')
    const { entries } = body as PersonalBook
    expect([status, entries.length]).toEqual([200, 10])
    expect(entries).toContainEqual({ name: '鈴木 太郎', kana: 'スズキ タロウ', number: '6321' })
  })

  test('is not written by anybody through the API', async () => {
    expect((await hanako.put('/api/books/shared', { version: 0, entries: [] })).status).toBe(404)
  })
})

describe('a personal book', () => {
  test('is empty at first, and keeps what is saved, tidied, in its order', async () => {
    expect(await book(hanako)).toEqual({ version: 0, entries: [] })
    const answer = await save(hanako, [
      { name: ' 鈴木商店 ', kana: 'スズキショウテン', number: '０３－１２３４－００００' },
      { name: '=花子', kana: '', number: '+81 90 1111 1111' },
    ])
    expect(answer.status).toBe(200)
    const entries = [suzuki, { name: '=花子', kana: '', number: '09011111111' }]
    expect(answer.body).toEqual({ version: 1, entries })
    await rig.restart()
    expect(await book(hanako)).toEqual({ version: 1, entries })
  })

  test('two tabs do not overwrite each other', async () => {
    const { version } = await book(hanako)
    const [first, second] = await Promise.all([
      hanako.put(PERSONAL, { version, entries: [suzuki] }),
      hanako.put(PERSONAL, { version, entries: [] }),
    ])
    expect([first.status, second.status].sort()).toEqual([200, 409])
  })

  test('takes as many entries as it may, and no more', async () => {
    const entries = Array.from({ length: 2_000 }, (_, i) => ({ ...suzuki, number: String(i) }))
    expect((await save(hanako, entries)).status).toBe(200)
    expect((await book(hanako)).entries).toEqual(entries)
    const more = await save(hanako, [...entries, suzuki])
    expect([more.status, more.body]).toMatchObject([400, { error: { field: 'entries' } }])
    expect((await save(hanako, [suzuki])).status).toBe(200)
  })

  test.each([
    ['no version', { entries: [] }, 'version'],
    ['a version of words', { version: '1', entries: [] }, 'version'],
    ['half a version', { version: 0.5, entries: [] }, 'version'],
    ['an owner', { version: 1, entries: [], owner: '6321' }, 'owner'],
    ['entries that are none', { version: 1, entries: 'all' }, 'entries'],
    ['a missing field', { version: 1, entries: [suzuki, { name: 'x', number: '1' }] }, 'entries.1.kana'],
    ['an unknown field', { version: 1, entries: [{ ...suzuki, owner: '6321' }] }, 'entries.0.owner'],
    ['no name', { version: 1, entries: [{ ...suzuki, name: ' ' }] }, 'entries.0.name'],
    ['words for a number', { version: 1, entries: [{ ...suzuki, number: '内線' }] }, 'entries.0.number'],
    ['a null', { version: 1, entries: [{ ...suzuki, number: null }] }, 'entries.0.number'],
    ['an over-long name', { version: 1, entries: [{ ...suzuki, name: 'x'.repeat(101) }] }, 'entries.0.name'],
    ['a line break', { version: 1, entries: [{ ...suzuki, name: 'a\nb' }] }, 'entries.0.name'],
    ['nothing', {}, 'version'],
  ])('%s is 400 and named', async (_, body, field) => {
    const answer = await hanako.put(PERSONAL, body)
    expect([answer.status, answer.body]).toMatchObject([400, { error: { code: 'bad-request' } }])
    expect((answer.body as { error: { field: string } }).error.field).toBe(field)
  })

  test('a body that is too large is 400', async () => {
    const answer = await hanako.put(PERSONAL, { version: 1, entries: 'x'.repeat(3_000_000) })
    expect([answer.status, answer.body]).toMatchObject([400, { error: { field: 'body' } }])
  })

  test('another writer in the database is told, holds up nobody, and nothing is lost', async () => {
    const other = await openDatabase(join(rig.dir, 'data', 'tsunagu.db'))
    const { version } = await book(hanako)
    let quick = 0
    await other.transaction().execute(async (held) => {
      await held.insertInto('settings').values({ key: 'lock', value: '1' }).execute()
      const waiting = hanako.put(PERSONAL, { version, entries: [] })
      const start = Date.now()
      expect((await hanako.get('/api/version')).status).toBe(200)
      quick = Date.now() - start
      const answer = await waiting
      expect([answer.status, answer.body]).toMatchObject([503, { error: { code: 'unavailable' } }])
    })
    await other.destroy()
    expect(quick).toBeLessThan(1_000)
    expect(await book(hanako)).toEqual({ version, entries: [suzuki] })
  })
})

describe('CSV', () => {
  const upload = (browser: Browser, bytes: Uint8Array): Promise<Answer> =>
    browser.upload(`${PERSONAL}/import`, bytes)

  test('goes out as spreadsheets want it, and comes in again', async () => {
    await save(hanako, [suzuki, { name: '=1+1', kana: '', number: '+12125550100' }])
    const { status, text, headers } = await hanako.get(`${PERSONAL}/export`)
    expect(status).toBe(200)
    expect(headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(headers['content-disposition']).toContain('attachment')
    expect(headers['cache-control']).toBe('no-store')
    expect(text).toBe(
      '\ufeff名前,カナ,電話番号\r\n鈴木商店,スズキショウテン,03-1234-0000\r\n"\'=1+1",,"\'+12125550100"\r\n',
    )
    const { entries } = (await upload(hanako, new TextEncoder().encode(text))).body as ImportedBook
    expect(entries).toEqual((await book(hanako)).entries)
  })

  test('in Shift_JIS is read, what is wrong is told by line, and nothing is saved', async () => {
    const before = await book(hanako)
    // 花子,ﾊﾅｺ,7966 and 太郎 without a number.
    const bytes = [0x89, 0xd4, 0x8e, 0x71, 0x2c, 0xca, 0xc5, 0xba, 0x2c, 0x37, 0x39, 0x36, 0x36, 0x0d, 0x0a]
    const { status, body } = await upload(
      hanako,
      Uint8Array.from([...bytes, 0x91, 0xbe, 0x98, 0x59, 0x2c, 0x2c]),
    )
    expect([status, body]).toEqual([
      200,
      {
        entries: [{ name: '花子', kana: 'ﾊﾅｺ', number: '7966' }],
        problems: [{ line: 2, problem: 'number-missing' }],
      },
    ])
    expect(await book(hanako)).toEqual(before)
  })

  test.each([
    ['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0])],
    ['a file that is too long', new Uint8Array(3_000_000).fill(0x61)],
  ])('%s is 400', async (_, bytes) => {
    const answer = await upload(hanako, bytes)
    expect([answer.status, answer.body]).toMatchObject([400, { error: { field: 'body' } }])
  })

  test('an empty file has no entries', async () => {
    expect((await upload(hanako, new Uint8Array())).body).toEqual({ entries: [], problems: [] })
  })
})

const at = (minute: number): number => 1_700_000_000_000 + minute * 60_000

const called = (minute: number, more: Partial<HistoryEntry> = {}): HistoryEntry => ({
  owner: userId('6320'),
  callId: callId(`c${String(minute)}`),
  kind: 'in',
  internal: false,
  number: '09011111111',
  reached: '0350600025',
  startedAt: at(minute),
  talkMs: 1_000 * minute,
  ...more,
})

describe('the history', () => {
  const CALLS: HistoryEntry[] = [
    called(1),
    called(2, { kind: 'missed', number: '0312340000', talkMs: null }),
    called(3, { kind: 'rejected', number: '', talkMs: null, reached: '0350600026' }),
    called(4, { kind: 'out', number: '6321', internal: true, reached: '6321', talkMs: 4_000 }),
    called(5, { kind: 'out', number: '08055556666', reached: '', talkMs: null }),
    called(6, { owner: userId('6321') }),
  ]

  beforeAll(async () => {
    await save(hanako, [suzuki])
    await rig.records.history.append(CALLS)
    // Told again after an answer that was lost.
    await rig.records.history.append(CALLS)
  })

  const page = async (query = '', browser = hanako): Promise<HistoryPage> => {
    const { status, body } = await browser.get(`/api/history${query && `?${query}`}`)
    expect(status).toBe(200)
    return body as HistoryPage
  }
  /** The calls by the minute they began. */
  const minutes = async (query = ''): Promise<number[]> =>
    (await page(query)).entries.map(({ startedAt }) => (startedAt - at(0)) / 60_000)

  test('the latest first, each once, with the names of the books', async () => {
    const { entries, next } = await page()
    expect(next).toBeUndefined()
    expect(entries.map(({ id: _, ...entry }) => entry)).toEqual([
      { kind: 'out', internal: false, number: '08055556666', talkMs: null, startedAt: at(5) },
      {
        ...{ kind: 'out', internal: true, number: '6321', name: '鈴木 太郎', reached: '6321' },
        ...{ talkMs: 4_000, startedAt: at(4) },
      },
      { kind: 'rejected', internal: false, reached: '0350600026', talkMs: null, startedAt: at(3) },
      {
        ...{ kind: 'missed', internal: false, number: '0312340000', name: '鈴木商店' },
        ...{ reached: '0350600025', talkMs: null, startedAt: at(2) },
      },
      {
        ...{ kind: 'in', internal: false, number: '09011111111', name: '株式会社テスト' },
        ...{ reached: '0350600025', talkMs: 1_000, startedAt: at(1) },
      },
    ] satisfies Omit<HistoryRow, 'id'>[])
  })

  test.each([
    ['kind=in', [1]],
    ['kind=missed', [2]],
    ['kind=rejected', [3]],
    ['kind=out', [5, 4]],
    ['q=ﾃｽﾄ', [1]],
    ['q=すずき', [4, 2]],
    ['q=03-1234', [2]],
    ['q=０９０１', [1]],
    ['q=+81 90', [1]],
    ['q=鈴木&kind=out', [4]],
    ['q=%', []],
    ['q=だれも', []],
    ['q=', [5, 4, 3, 2, 1]],
    ['sort=time', [1, 2, 3, 4, 5]],
    ['sort=kind', [5, 4, 1, 2, 3]],
    ['sort=-kind', [3, 2, 1, 5, 4]],
    ['sort=party', [3, 5, 1, 2, 4]],
    ['sort=-party', [4, 2, 1, 5, 3]],
    ['sort=reached', [5, 1, 2, 3, 4]],
    ['sort=-reached', [4, 3, 2, 1, 5]],
  ])('%s', async (query, order) => {
    const asked = new URLSearchParams(query.replaceAll('+', '%2B')).toString()
    expect(await minutes(asked)).toEqual(order)
  })

  test('two hundred calls come in pages, and one that comes meanwhile shifts nothing', async () => {
    const many = Array.from({ length: 200 }, (_, i) => called(1_000 + i, { owner: userId('6322') }))
    await rig.records.history.append(many)
    const misaki = await rig.loggedIn('6322')
    const seen: number[] = []
    let next: string | undefined = ''
    let pages = 0
    while (next !== undefined) {
      const got: HistoryPage = await page(`sort=-time${next && `&cursor=${next}`}`, misaki)
      seen.push(...got.entries.map(({ startedAt }) => startedAt))
      next = got.next
      pages++
      await rig.records.history.append([called(2_000 + pages, { owner: userId('6322') })])
    }
    expect(pages).toBe(4)
    expect(seen).toEqual(many.map(({ startedAt }) => startedAt).reverse())
  })

  test.each([
    ['kind=all', 'kind'],
    ['kind=in&kind=out', 'kind'],
    ['sort=name', 'sort'],
    ['sort=started_at;drop', 'sort'],
    [`q=${'x'.repeat(101)}`, 'q'],
    ['cursor=1', 'cursor'],
    ['cursor=-1.0', 'cursor'],
    ['owner=6321', 'owner'],
    ['__proto__=1', '__proto__'],
  ])('%s is 400 and named', async (query, field) => {
    const answer = await hanako.get(`/api/history?${query}`)
    expect([answer.status, answer.body]).toMatchObject([400, { error: { code: 'bad-request', field } }])
  })

  test('any number as a place is only a place', async () => {
    expect(await page('cursor=999999999999999.999999999')).toEqual({ entries: [] })
  })
})

test('a database that is held by another for a while holds up nobody and loses no call', async () => {
  const write = (entries: HistoryEntry[]) => rig.records.history.append(entries)
  const recorder = new PatientWriter({ name: 'history', write, log: rig.log, retryMs: 50 })
  const other = await openDatabase(join(rig.dir, 'data', 'tsunagu.db'))
  const start = Date.now()
  let late = 0
  await other.transaction().execute(async (held) => {
    await held.insertInto('settings').values({ key: 'second lock', value: '1' }).execute()
    for (const minute of [5_001, 5_002]) recorder.record(called(minute, { owner: userId('6324') }))
    // A process that waited for the lock could not count.
    for (let tick = 0; tick < 150; tick++) {
      const before = Date.now()
      await new Promise((resolve) => setTimeout(resolve, 10))
      late = Math.max(late, Date.now() - before)
    }
  })
  await other.destroy()
  expect(Date.now() - start).toBeGreaterThan(1_500)
  expect(late).toBeLessThan(300)
  await recorder.stop()
  const { entries } = await rig.records.history.page(userId('6324'), {
    ...{ sort: 'time', parties: [], limit: 10 },
  })
  expect(entries.map(({ startedAt }) => startedAt)).toEqual([at(5_001), at(5_002)])
})

describe('what is his own is his own', () => {
  test('nobody reads or writes another’s book or history, whatever he asks', async () => {
    await save(hanako, [suzuki])
    await save(taro, [])
    const asked = ['?owner=6320', '?userId=6320', '/6320', '/../6320', '%2f6320']
    for (const more of asked) {
      for (const path of [PERSONAL, `${PERSONAL}/export`, '/api/history']) {
        const { text } = await taro.get(path + more)
        expect(text).not.toContain('鈴木商店')
        expect(text).not.toContain('0312340000')
      }
    }
    expect((await taro.get(PERSONAL)).body).toMatchObject({ entries: [] })
    expect((await taro.get(`${PERSONAL}/export`)).text).not.toContain('鈴木商店')
    expect((await taro.put(`${PERSONAL}/6320`, { version: 1, entries: [] })).status).toBe(404)
    expect((await taro.get('/api/history')).text).not.toContain('0312340000')
    const chief = await rig.loggedIn('sv1')
    expect((await chief.get(PERSONAL)).body).toEqual({ version: 0, entries: [] })
    expect((await chief.get('/api/history')).body).toEqual({ entries: [] })
    expect((await book(hanako)).entries).toEqual([suzuki])
  })

  test('without a login there is nothing', async () => {
    const nobody = rig.browser()
    for (const path of [PERSONAL, `${PERSONAL}/export`, '/api/books/shared', '/api/history']) {
      expect((await nobody.get(path)).status).toBe(401)
    }
    expect((await nobody.put(PERSONAL, { version: 0, entries: [] })).status).toBe(401)
    expect((await nobody.upload(`${PERSONAL}/import`, new Uint8Array([0x61]))).status).toBe(401)
  })

  test('a name of his own book is told to nobody else’s phone', () => {
    const { books } = rig.records
    expect(books.personalName(userId('6320'), '+81 3 1234 0000')).toBe('鈴木商店')
    expect(books.personalName(userId('6321'), '0312340000')).toBeUndefined()
  })
})

test('none of it was a fault but the database that was in use', () => {
  const faults = rig.logs.filter(
    (line) => line.includes('"error"') && !line.includes('The database is in use'),
  )
  expect(faults).toEqual([])
})
