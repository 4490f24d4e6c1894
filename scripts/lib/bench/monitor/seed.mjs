// @ts-check
import { randomBytes, scryptSync } from 'node:crypto'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** @typedef {{ id: string, password: string }} Person */
/** @typedef {{ operators: Person[], supervisors: Person[] }} People */

const FIRST_OPERATOR = 2000
const FIRST_SUPERVISOR = 6000
/** Of password hashing; the lowest there is, since 1,200 logins are not what is measured. */
const COST = { log2N: 4, r: 8, p: 1 }

/**
 * A site of that size in the empty database of the stack, before it starts: the product's own module makes the tables.
 * @param {{ root: string, runtimeDir: string, operators: number, supervisors: number }} options @returns {Promise<People>}
 */
export async function seedPeople({ root, runtimeDir, operators, supervisors }) {
  const { openDatabase } = await import(
    pathToFileURL(join(root, 'backend/dist/adapters/sql/database.js')).href
  )
  const password = randomBytes(12).toString('base64url')
  const hash = hashOf(password)
  const people = {
    operators: persons(FIRST_OPERATOR, operators),
    supervisors: persons(FIRST_SUPERVISOR, supervisors),
  }
  const db = await openDatabase(join(runtimeDir, 'data/tsunagu.db'))
  await db.insertInto('queues').values(QUEUES).execute()
  const admin = { id: 'admin', extension: null, ...named('administrator', 'Administrator') }
  await insertInParts(db, 'users', [
    { ...admin, password_hash: hash },
    ...people.operators.map((id) => ({
      id,
      extension: id,
      ...named('operator', `Operator ${id}`),
      password_hash: hash,
    })),
    ...people.supervisors.map((id) => ({
      id,
      extension: id,
      ...named('supervisor', `Supervisor ${id}`),
      password_hash: hash,
    })),
  ])
  await insertInParts(
    db,
    'user_queues',
    people.operators.flatMap((id) => QUEUES.map((queue) => ({ user_id: id, queue_id: queue.id }))),
  )
  await db.destroy()
  const known = (/** @type {string} */ id) => ({ id, password })
  return { operators: people.operators.map(known), supervisors: people.supervisors.map(known) }
}

const QUEUES = ['main', 'support'].map((id, position) => ({
  id,
  name: id,
  position,
  ring_ms: null,
  wrap_up_ms: null,
}))

/** @param {string} role @param {string} name */
const named = (role, name) => ({ role, name, kana: '', disabled: 0 })

/** @param {number} first @param {number} count */
const persons = (first, count) => Array.from({ length: count }, (_, i) => String(first + i))

/** A statement has only so many places. @param {any} db @param {string} table @param {object[]} rows */
async function insertInParts(db, table, rows) {
  for (let done = 0; done < rows.length; done += 100) {
    await db
      .insertInto(table)
      .values(rows.slice(done, done + 100))
      .execute()
  }
}

/** As the product writes them (adapters/system/passwords); a hash carries its own cost. @param {string} password */
function hashOf(password) {
  const salt = randomBytes(16)
  const { log2N, r, p } = COST
  const derived = scryptSync(password, salt, 32, { N: 2 ** log2N, r, p })
  return ['scrypt', log2N, r, p, salt.toString('base64url'), derived.toString('base64url')].join('$')
}
