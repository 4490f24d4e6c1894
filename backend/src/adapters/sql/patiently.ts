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
      if (!isBusy(error)) throw error
      if (waited >= patienceMs) throw new Unavailable('The database is in use.', { cause: error })
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}

function isBusy(error: unknown): boolean {
  const code = (error as { code?: unknown }).code
  return typeof code === 'string' && /^SQLITE_(BUSY|LOCKED)/.test(code)
}
