import { sql } from 'kysely'
import type { Directory } from '../../app/ports.js'
import type { Passwords } from '../../app/sessions/ports.js'
import type { Config } from '../../config.js'
import { numberKey } from '../../domain/number/number-key.js'
import { openDatabase } from './database.js'
import { ensureAdministrator } from './first-users.js'
import { loadDirectory } from './load-directory.js'

export interface SqlDirectory extends Directory {
  /** After a change in the database: what is answered from memory is read again. */
  reload(): Promise<void>
  /** Can the database be read? For `/readyz`. */
  reachable(): Promise<boolean>
  close(): Promise<void>
}

type DirectoryConfig = Pick<Config, 'database' | 'ringMs' | 'demo' | 'firstAdmin'>

/**
 * Users, queues and the shared phone book. Answers from memory: nothing on a call's path waits for SQL.
 * @throws {StartError} when the database has no administrator and is given none.
 */
export async function openDirectory(config: DirectoryConfig, passwords: Passwords): Promise<SqlDirectory> {
  const db = await openDatabase(config.database)
  await ensureAdministrator(db, passwords, config)
  let content = await loadDirectory(db, config.ringMs)
  return {
    user: (id) => Promise.resolve(content.users.get(id)),
    userAt: (extension) => Promise.resolve(content.byExtension.get(extension)),
    queues: () => Promise.resolve(content.queues),
    nameOf: (number) => Promise.resolve(content.names.get(numberKey(number))),
    works: () => Promise.resolve(content.works),
    showsListeners: () => Promise.resolve(content.showsListeners),
    dialRules: () => Promise.resolve(content.dialRules),
    async reload() {
      content = await loadDirectory(db, config.ringMs)
    },
    reachable: () =>
      sql`select 1`.execute(db).then(
        () => true,
        () => false,
      ),
    close: () => db.destroy(),
  }
}
