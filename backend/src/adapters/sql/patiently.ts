import type { Transaction } from 'kysely'
import { Unavailable } from '../../app/unavailable.js'
import type { Sql } from './database.js'
import type { Tables } from './tables.js'

const PATIENCE_MS = 2_000
const PAUSE_MS = 50

/**
 * Writes in a transaction, again while another writer holds the database, and holds up nobody else meanwhile.
 * @throws {Unavailable} in the end.
 */
export async function patiently<T>(
  db: Sql,
  write: (all: Transaction<Tables>) => Promise<T>,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  for (let waited = 0; ; waited += PAUSE_MS) {
    try {
      return await db.transaction().execute(write)
    } catch (error) {
      if (isAway(error)) throw new Unavailable('The database is away.', { cause: error })
      if (!isBusy(error)) throw error
      if (waited >= patienceMs) throw new Unavailable('The database is in use.', { cause: error })
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}

/** Another writer is at work, or two of PostgreSQL's got in each other's way. */
function isBusy(error: unknown): boolean {
  const code = (error as { code?: unknown }).code
  return typeof code === 'string' && /^(SQLITE_(BUSY|LOCKED)|40001|40P01|23505)/.test(code)
}

/** PostgreSQL that cannot be reached, stops, or is just starting. */
function isAway(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown }
  if (typeof code === 'string') return /^(ECONN|ENOTFOUND|EHOSTUNREACH|ETIMEDOUT|EPIPE|57P0|08)/.test(code)
  return (
    typeof message === 'string' &&
    /^(timeout exceeded|Connection terminated|Query read timeout)/.test(message)
  )
}
