import { Kysely, Migrator, PostgresAdapter } from 'kysely'
import { migrations } from './migrations.js'
import { isPostgresUrl, postgres } from './postgres.js'
import { sqlite } from './sqlite.js'
import type { Tables } from './tables.js'

export type Sql = Kysely<Tables>

/**
 * Opens the database, a SQLite file (`:memory:` for tests) or `postgres:` with its address, and brings its tables up to date.
 * `busyMs`: how long a statement of SQLite waits for another writer. The whole process waits with it, calls included: 0 where
 * anything is written while calls go on, in a transaction with `patiently` around it.
 */
export async function openDatabase(where: string, busyMs = 5_000): Promise<Sql> {
  const dialect = isPostgresUrl(where) ? postgres(where) : sqlite(where, busyMs)
  const db = new Kysely<Tables>({ dialect })
  await migrate(db)
  return db
}

/** The little in which the two differ. */
export function isPostgres(db: Pick<Sql, 'getExecutor'>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter
}

async function migrate(db: Sql): Promise<void> {
  const all = migrations(isPostgres(db))
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(all) } })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined)
    throw new Error('The tables of the database could not be brought up to date.', { cause: error })
}
