import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { SqliteDialect, type SqliteDatabase } from 'kysely'
import Database from 'libsql'

/** Password hashes lie in it: nobody else on the machine may read it. */
const OWNER_ONLY_FOLDER = 0o700
const OWNER_ONLY_FILE = 0o600

/** Opens the file (`:memory:` for tests), making it and its folder where needed; `busyMs` as in `openDatabase`. */
export function sqlite(file: string, busyMs: number): SqliteDialect {
  const database = file === ':memory:' ? new Database(file) : openFile(file)
  // WAL: readers never wait for a writer. NORMAL: safe against a crash of the process, quick on every commit.
  for (const pragma of [
    'journal_mode = WAL',
    'synchronous = NORMAL',
    'foreign_keys = ON',
    `busy_timeout = ${String(busyMs)}`,
  ]) {
    database.pragma(pragma)
  }
  return new SqliteDialect({ database: withCleanBegin(database) })
}

function openFile(file: string): Database.Database {
  mkdirSync(dirname(file), { recursive: true, mode: OWNER_ONLY_FOLDER })
  // A folder that was there keeps its mode, so the files have their own; SQLite makes -wal and -shm as the database is.
  // Never one that is in use: closing it would take away the locks that this process's other connection has on it.
  if (!existsSync(file)) closeSync(openSync(file, 'a', OWNER_ONLY_FILE))
  for (const part of [file, `${file}-wal`, `${file}-shm`]) {
    if (existsSync(part)) chmodSync(part, OWNER_ONLY_FILE)
  }
  return new Database(file)
}

/**
 * A transaction takes the right to write at its beginning, or fails there. `libsql` leaves a prepared statement that failed
 * as busy standing half-way, and with it a lock and an old snapshot until the garbage collector comes; `exec` does not.
 */
function withCleanBegin(database: Database.Database): SqliteDatabase {
  const begin = {
    reader: false,
    run: () => {
      database.exec('begin immediate')
      return { changes: 0, lastInsertRowid: 0 }
    },
    all: () => [],
    iterate: () => [][Symbol.iterator](),
  }
  return {
    close: () => void database.close(),
    prepare: (text) => (text === 'begin' ? begin : database.prepare(text)),
  }
}
