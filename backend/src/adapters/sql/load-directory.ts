import * as z from 'zod'
import { queueId, userId } from '@tsunagu/contract'
import type { Queue, User } from '../../app/ports.js'
import { DEFAULT_DIAL_RULES, type DialRules } from '../../domain/dialling/dial-rules.js'
import { numberKey } from '../../domain/number/number-key.js'
import { StartError } from '../../start-error.js'
import type { Sql } from './database.js'

/** Everything the directory answers from, in memory. */
export interface DirectoryContent {
  users: Map<string, User>
  byExtension: Map<string, User>
  queues: Queue[]
  /** By `numberKey`. */
  names: Map<string, string>
  works: string[]
  showsListeners: boolean
  dialRules: DialRules
}

/** The 別作業 labels of a site that set none (operator manual, 2.2). */
export const DEFAULT_WORKS = ['見積もり対応', 'メール対応', '手配エスカ', '受電エスカ', '研修', 'その他']

/** `ringMs` holds for queues without a value of their own. */
export async function loadDirectory(db: Sql, ringMs: number): Promise<DirectoryContent> {
  const [users, queues, names, works, showsListeners, dialRules] = await Promise.all([
    loadUsers(db),
    loadQueues(db, ringMs),
    loadNames(db),
    loadWorks(db),
    loadShowsListeners(db),
    loadDialRules(db),
  ])
  const extensions = [...users.values()].flatMap((user): [string, User][] =>
    user.extension === undefined ? [] : [[user.extension, user]],
  )
  return { users, byExtension: new Map(extensions), queues, names, works, showsListeners, dialRules }
}

async function loadUsers(db: Sql): Promise<Map<string, User>> {
  const rows = await db.selectFrom('users').selectAll().execute()
  const members = await db.selectFrom('user_queues').selectAll().orderBy('queue_id').execute()
  const users = rows.map((row): User => {
    const queues = members
      .filter(({ user_id }) => user_id === row.id)
      .map(({ queue_id }) => queueId(queue_id))
    return {
      id: userId(row.id),
      name: row.name,
      kana: row.kana,
      role: row.role,
      ...(row.extension === null ? {} : { extension: row.extension }),
      passwordHash: row.password_hash,
      queues,
      disabled: row.disabled !== 0,
    }
  })
  const odd = users.find(({ id, role, extension }) => role === 'operator' && extension !== id)
  // Calls, phones and screens find an operator by either; one of the two would lead nowhere.
  if (odd) throw new StartError(`The user ${odd.id} is an operator, so his extension must be ${odd.id}, too.`)
  return new Map(users.map((user) => [user.id, user]))
}

async function loadQueues(db: Sql, ringMs: number): Promise<Queue[]> {
  const rows = await db.selectFrom('queues').selectAll().orderBy('position').execute()
  const numbers = await db.selectFrom('queue_numbers').selectAll().orderBy('number').execute()
  return rows.map((row) => ({
    id: queueId(row.id),
    name: row.name,
    numbers: numbers.filter(({ queue_id }) => queue_id === row.id).map(({ number }) => number),
    ringMs: row.ring_ms ?? ringMs,
    ...(row.wrap_up_ms === null ? {} : { wrapUpMs: row.wrap_up_ms }),
  }))
}

async function loadNames(db: Sql): Promise<Map<string, string>> {
  // Latest first: where two entries have one number, the older one is written last and stays.
  const rows = await db.selectFrom('phone_book').select(['name', 'number']).orderBy('id', 'desc').execute()
  return new Map(rows.map(({ name, number }) => [numberKey(number), name]))
}

async function loadWorks(db: Sql): Promise<string[]> {
  return (await setting<string[]>(db, 'works')) ?? DEFAULT_WORKS
}

/** Off by default. @throws {StartError} when it is neither true nor false. */
async function loadShowsListeners(db: Sql): Promise<boolean> {
  const given = (await setting(db, 'show-listeners')) ?? false
  if (typeof given !== 'boolean') throw new StartError('The setting show-listeners must be true or false.')
  return given
}

const DIAL_RULES = z.strictObject({
  countries: z.array(z.string().regex(/^[1-9]\d{0,6}$/)).exactOptional(),
  barred: z.array(z.string().regex(/^[0-9*#]+$/)).exactOptional(),
  perHour: z.int().min(0).exactOptional(),
  perDay: z.int().min(0).exactOptional(),
})

/** A site may set some of them; the others stay. @throws {StartError} when they are wrong, in words. */
async function loadDialRules(db: Sql): Promise<DialRules> {
  const given = DIAL_RULES.safeParse((await setting(db, 'dial-rules')) ?? {})
  if (!given.success) {
    const wrong = given.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
    throw new StartError(`The setting dial-rules is wrong: ${wrong.join(', ')}.`)
  }
  return { ...DEFAULT_DIAL_RULES, ...given.data }
}

async function setting<T>(db: Sql, key: string): Promise<T | undefined> {
  const row = await db.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst()
  return row ? (JSON.parse(row.value) as T) : undefined
}
