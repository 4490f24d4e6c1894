import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { userId } from '@tsunagu/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { StartError } from '../../start-error.js'
import { scryptPasswords } from '../system/passwords.js'
import { openDatabase } from './database.js'
import { openDirectory } from './directory.js'

const passwords = scryptPasswords({ log2N: 4, r: 8, p: 1 })
let dir: string
let database: string

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tsunagu-sql-'))
  database = join(dir, 'data', 'tsunagu.db')
})
afterEach(() => rmSync(dir, { recursive: true }))

const demo = () => openDirectory({ database, ringMs: 20_000, demo: true }, passwords)

test('an empty database gets the demo data, with passwords that work', async () => {
  const directory = await demo()
  const hanako = await directory.user(userId('6320'))
  expect(hanako).toMatchObject({
    name: '佐藤 花子',
    role: 'operator',
    extension: '6320',
    queues: ['main', 'support'],
    disabled: false,
  })
  expect(await passwords.verify('demo-6320', hanako?.passwordHash)).toBe(true)
  expect(await directory.user(userId('6323'))).toMatchObject({ queues: ['main'] })
  expect(await directory.user(userId('sv2'))).toMatchObject({ role: 'supervisor', extension: '6302' })
  const admin = await directory.user(userId('admin'))
  expect(admin).toMatchObject({ role: 'administrator' })
  expect(admin).not.toHaveProperty('extension')
  expect(await directory.user(userId('6399'))).toBeUndefined()
  await directory.close()
})

test('the demo queues ring as long as the site says', async () => {
  const directory = await demo()
  expect(await directory.queues()).toEqual([
    { id: 'main', name: '代表', numbers: ['0350600025'], ringMs: 20_000 },
    { id: 'support', name: 'サポート', numbers: ['0350600026'], ringMs: 20_000 },
  ])
  await directory.close()
})

test('the shared phone book names numbers however they are spelt', async () => {
  const directory = await demo()
  expect(await directory.nameOf('09011111111')).toBe('株式会社テスト')
  expect(await directory.nameOf('+81 90-1111-1111')).toBe('株式会社テスト')
  expect(await directory.nameOf('6301')).toBe('山本 直子')
  expect(await directory.nameOf('0000')).toBeUndefined()
  await directory.close()
})

test('a site without labels of its own has the usual ones', async () => {
  const directory = await demo()
  expect(await directory.works()).toEqual([
    '見積もり対応',
    'メール対応',
    '手配エスカ',
    '受電エスカ',
    '研修',
    'その他',
  ])
  await directory.close()
})

test('opening it again changes nothing, and the folder is closed to others', async () => {
  await (await demo()).close()
  const directory = await openDirectory({ database, ringMs: 5_000, demo: false }, passwords)
  expect(await directory.reachable()).toBe(true)
  expect((await directory.queues()).map(({ ringMs }) => ringMs)).toEqual([5_000, 5_000])
  expect(statSync(join(dir, 'data')).mode & 0o777).toBe(0o700)
  await directory.close()
})

test('nobody else may read the files, also in a folder that was there, and those of an earlier version', async () => {
  const modes = () =>
    readdirSync(join(dir, 'data')).map((name) => (statSync(join(dir, 'data', name)).mode & 0o777).toString(8))
  mkdirSync(join(dir, 'data'), { mode: 0o755 })
  const first = await demo()
  expect(modes()).toEqual(['600', '600', '600'])
  for (const name of readdirSync(join(dir, 'data'))) chmodSync(join(dir, 'data', name), 0o644)
  const second = await demo()
  expect(modes()).toEqual(['600', '600', '600'])
  await Promise.all([first.close(), second.close()])
})

test('what changed in the database is seen after a reload', async () => {
  const directory = await demo()
  const db = await openDatabase(database)
  await db
    .updateTable('queues')
    .set({ ring_ms: 7_000, wrap_up_ms: 30_000 })
    .where('id', '=', 'main')
    .execute()
  await db.insertInto('settings').values({ key: 'works', value: '["朝礼"]' }).execute()
  await directory.reload()
  expect((await directory.queues())[0]).toMatchObject({ ringMs: 7_000, wrapUpMs: 30_000 })
  expect(await directory.works()).toEqual(['朝礼'])
  await db.destroy()
  await directory.close()
})

test('a production database without administrator and without ADMIN_USER refuses the start', async () => {
  const opening = openDirectory({ database, ringMs: 1, demo: false }, passwords)
  await expect(opening).rejects.toThrow(StartError)
  await expect(opening).rejects.toThrow(/ADMIN_USER and ADMIN_PASSWORD/)
})

test('ADMIN_USER and ADMIN_PASSWORD make the first administrator, and nothing else', async () => {
  const firstAdmin = { userId: 'root', password: 'long enough' }
  const directory = await openDirectory({ database, ringMs: 1, demo: false, firstAdmin }, passwords)
  const root = await directory.user(userId('root'))
  expect(root).toMatchObject({ role: 'administrator', queues: [] })
  expect(await passwords.verify('long enough', root?.passwordHash)).toBe(true)
  expect(await directory.queues()).toEqual([])
  expect(await directory.user(userId('6320'))).toBeUndefined()
  await directory.close()
})

test('ADMIN_USER may not be somebody who is no administrator', async () => {
  await (await demo()).close()
  const db = await openDatabase(database)
  await db.deleteFrom('users').where('id', '=', 'admin').execute()
  await db.destroy()
  const firstAdmin = { userId: '6320', password: 'long enough' }
  const opening = openDirectory({ database, ringMs: 1, demo: true, firstAdmin }, passwords)
  await expect(opening).rejects.toThrow(/names a user it has already/)
})

test.each([
  ['true', true],
  ['false', false],
])('show-listeners is %s', async (value, shows) => {
  const before = await demo()
  expect(await before.showsListeners()).toBe(false)
  await before.close()
  const db = await openDatabase(database)
  await db.insertInto('settings').values({ key: 'show-listeners', value }).execute()
  await db.destroy()
  const directory = await demo()
  expect(await directory.showsListeners()).toBe(shows)
  await directory.close()
})

test('show-listeners is true or false', async () => {
  await (await demo()).close()
  const db = await openDatabase(database)
  await db.insertInto('settings').values({ key: 'show-listeners', value: '"yes"' }).execute()
  await db.destroy()
  await expect(demo()).rejects.toThrow(/show-listeners must be true or false/)
})

test('a site may set some of the dial rules; wrong ones are refused at the start, in words', async () => {
  const set = async (value: object): Promise<void> => {
    const db = await openDatabase(database)
    const row = { key: 'dial-rules', value: JSON.stringify(value) }
    await db
      .insertInto('settings')
      .values(row)
      .onConflict((on) => on.column('key').doUpdateSet(row))
      .execute()
    await db.destroy()
  }
  await (await demo()).close()
  await set({ countries: ['81', '1808'], perHour: 10 })
  const directory = await demo()
  expect(await directory.dialRules()).toMatchObject({ countries: ['81', '1808'], perHour: 10, perDay: 600 })
  await directory.close()
  await set({ countries: '81', perhour: 10 })
  const refused = demo()
  await expect(refused).rejects.toThrow(StartError)
  await expect(refused).rejects.toThrow(/dial-rules.*countries/)
})
