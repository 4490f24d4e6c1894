import type { Config } from '../../config.js'
import type { Passwords } from '../../app/sessions/ports.js'
import { StartError } from '../../start-error.js'
import type { Sql } from './database.js'
import { insertDemoData } from './demo-data.js'

/**
 * A database nobody can administer is of no use: an empty one gets the demo data where they are allowed, one without
 * administrator the first from ADMIN_USER and ADMIN_PASSWORD. @throws {StartError} where neither is possible.
 */
export async function ensureAdministrator(
  db: Sql,
  passwords: Passwords,
  config: Pick<Config, 'demo' | 'firstAdmin'>,
): Promise<void> {
  const users = await db.selectFrom('users').select(['id', 'role', 'disabled']).execute()
  if (users.some(({ role, disabled }) => role === 'administrator' && disabled === 0)) return
  if (config.demo && users.length === 0) return insertDemoData(db, passwords)

  const { firstAdmin } = config
  if (!firstAdmin) {
    throw new StartError(
      'The database has no administrator. Set ADMIN_USER and ADMIN_PASSWORD for the first one and start again.',
    )
  }
  if (users.some(({ id }) => id === firstAdmin.userId)) {
    throw new StartError(
      'The database has no administrator, and ADMIN_USER names a user it has already. Set another ADMIN_USER.',
    )
  }
  const { userId, password } = firstAdmin
  const password_hash = await passwords.hash(password)
  await db
    .insertInto('users')
    .values({ id: userId, name: userId, kana: '', role: 'administrator', extension: null, password_hash })
    .execute()
}
