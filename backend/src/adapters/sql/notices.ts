import type { Notice } from '@tsunagu/contract'
import type { Selectable } from 'kysely'
import type { Notices } from '../../app/notices/ports.js'
import type { Clock } from '../../app/ports.js'
import type { Sql } from './database.js'
import { patiently } from './patiently.js'
import type { NoticesTable } from './tables.js'

/** The site's notices, and how far each user has read them. */
export function sqlNotices(db: Sql, clock: Clock): Notices {
  return {
    list: ({ before, limit }) => list(db, before, limit),
    publish: (notice) =>
      patiently(db, async (all) => {
        const published_at = Math.max(clock.now(), (await latest(all)) + 1)
        const values = { ...notice, published_at }
        return toNotice(
          await all.insertInto('notices').values(values).returningAll().executeTakeFirstOrThrow(),
        )
      }),
    async remove(id) {
      const gone = await patiently(db, (all) =>
        all.deleteFrom('notices').where('id', '=', id).executeTakeFirst(),
      )
      return gone.numDeletedRows > 0n
    },
    readUntil: (reader) => readUntil(db, reader),
    async countUnread(reader) {
      const { unread } = await db
        .selectFrom('notices')
        .select((of) => of.fn.countAll<number>().as('unread'))
        .where('published_at', '>', await readUntil(db, reader))
        .executeTakeFirstOrThrow()
      return unread
    },
    markRead: (reader, until) => patiently(db, (all) => markRead(all, reader, until)),
  }
}

async function list(db: Sql, before: number | undefined, limit: number): Promise<Notice[]> {
  const all = db.selectFrom('notices').selectAll().orderBy('published_at', 'desc').limit(limit)
  const rows = await (before === undefined ? all : all.where('published_at', '<', before)).execute()
  return rows.map(toNotice)
}

async function latest(db: Sql): Promise<number> {
  const row = await db
    .selectFrom('notices')
    .select((of) => of.fn.max('published_at').as('at'))
    .executeTakeFirst()
  return row?.at ?? 0
}

async function readUntil(db: Sql, reader: string): Promise<number> {
  const row = await db
    .selectFrom('notice_reads')
    .select('read_until')
    .where('user_id', '=', reader)
    .executeTakeFirst()
  return row?.read_until ?? 0
}

async function markRead(db: Sql, reader: string, until: number): Promise<void> {
  const read_until = Math.min(until, await latest(db))
  await db
    .insertInto('notice_reads')
    .values({ user_id: reader, read_until })
    .onConflict((known) =>
      known.column('user_id').doUpdateSet({ read_until }).where('notice_reads.read_until', '<', read_until),
    )
    .execute()
}

const toNotice = ({ published_at, ...notice }: Selectable<NoticesTable>): Notice => ({
  ...notice,
  publishedAt: published_at,
})
