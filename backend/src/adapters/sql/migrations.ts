import { sql, type CreateTableBuilder, type Kysely, type Migration } from 'kysely'

/**
 * Applied in the order of their names, each once. One that was released is never changed: add another. A time in ms is a
 * `bigint`: to SQLite that is the same as `integer`, to PostgreSQL the only one that is large enough.
 */
export function migrations(postgres: boolean): Record<string, Migration> {
  const ids: Ids = postgres ? inPostgres : inSqlite
  return {
    '0001-users-queues-phone-book': { up: (db) => usersQueuesPhoneBook(db, ids) },
    '0002-personal-books-history': { up: (db) => personalBooksHistory(db, ids) },
    '0003-call-quality': { up: callQuality },
    '0004-notices': { up: (db) => notices(db, ids) },
    '0005-records': { up: records },
    '0006-records-by-moment': { up: recordsByMoment },
  }
}

/** Adds the column `id`, whose values the database counts up. */
type Ids = <Table extends string>(table: CreateTableBuilder<Table>) => CreateTableBuilder<Table, 'id'>
const inPostgres: Ids = (table) => table.addColumn('id', 'bigserial', (c) => c.primaryKey().notNull())
const inSqlite: Ids = (table) => table.addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())

/** Kysely hands migrations a database of unknown tables: what they were then, not what `Tables` is now. */
async function usersQueuesPhoneBook(db: Kysely<unknown>, ids: Ids): Promise<void> {
  await db.schema
    .createTable('users')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('kana', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) =>
      c.notNull().check(sql`role in ('operator', 'supervisor', 'administrator')`),
    )
    .addColumn('extension', 'text', (c) => c.unique())
    .addColumn('password_hash', 'text', (c) => c.notNull())
    .addColumn('disabled', 'integer', (c) => c.notNull().defaultTo(0))
    .execute()
  await db.schema
    .createTable('queues')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('ring_ms', 'integer')
    .addColumn('wrap_up_ms', 'integer')
    .execute()
  await db.schema
    .createTable('user_queues')
    .addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
    .addColumn('queue_id', 'text', (c) => c.notNull().references('queues.id').onDelete('cascade'))
    .addPrimaryKeyConstraint('user_queues_key', ['user_id', 'queue_id'])
    .execute()
  await db.schema
    .createTable('queue_numbers')
    .addColumn('number', 'text', (c) => c.primaryKey().notNull())
    .addColumn('queue_id', 'text', (c) => c.notNull().references('queues.id').onDelete('cascade'))
    .execute()
  await ids(db.schema.createTable('phone_book'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('kana', 'text', (c) => c.notNull())
    .addColumn('number', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('settings')
    .addColumn('key', 'text', (c) => c.primaryKey().notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute()
}

async function personalBooksHistory(db: Kysely<unknown>, ids: Ids): Promise<void> {
  await db.schema
    .createTable('personal_books')
    .addColumn('owner', 'text', (c) => c.primaryKey().notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('entries', 'text', (c) => c.notNull())
    .execute()
  await ids(db.schema.createTable('history'))
    .addColumn('owner', 'text', (c) => c.notNull())
    .addColumn('call_id', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('internal', 'integer', (c) => c.notNull())
    .addColumn('number', 'text', (c) => c.notNull())
    .addColumn('number_key', 'text', (c) => c.notNull())
    .addColumn('reached', 'text', (c) => c.notNull())
    .addColumn('started_at', 'bigint', (c) => c.notNull())
    .addColumn('talk_ms', 'bigint')
    .addUniqueConstraint('history_once', ['owner', 'call_id', 'started_at'])
    .execute()
  await db.schema.createIndex('history_by_time').on('history').columns(['owner', 'started_at']).execute()
  await db.schema.createIndex('history_by_party').on('history').columns(['owner', 'number_key']).execute()
}

async function callQuality(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('call_quality')
    .addColumn('call_id', 'text', (c) => c.notNull())
    .addColumn('operator', 'text', (c) => c.notNull())
    .addColumn('leg', 'text', (c) => c.notNull())
    .addColumn('average', 'real', (c) => c.notNull())
    .addColumn('minimum', 'real', (c) => c.notNull())
    .addColumn('cause', 'text', (c) => c.notNull())
    .addColumn('measured_ms', 'bigint', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('call_quality_key', ['call_id', 'operator', 'leg'])
    .execute()
}

async function notices(db: Kysely<unknown>, ids: Ids): Promise<void> {
  await ids(db.schema.createTable('notices'))
    .addColumn('published_at', 'bigint', (c) => c.notNull().unique())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('author', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('notice_reads')
    .addColumn('user_id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('read_until', 'bigint', (c) => c.notNull())
    .execute()
}

async function records(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('records')
    .addColumn('key', 'text', (c) => c.primaryKey().notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('since', 'bigint', (c) => c.notNull())
    .addColumn('until', 'bigint', (c) => c.notNull())
    .addColumn('what', 'text')
    .addColumn('outcome', 'text')
    .addColumn('call_id', 'text')
    .addColumn('operator', 'text')
    .addColumn('queue_id', 'text')
    .addColumn('visit', 'integer')
    .addColumn('entered_at', 'bigint')
    .addColumn('detail', 'text')
    .execute()
  await db.schema.createIndex('records_by_time').on('records').columns(['until', 'since']).execute()
  await db.schema.createIndex('records_by_visit').on('records').column('entered_at').execute()
  await db.schema.createIndex('records_by_call').on('records').column('call_id').execute()
}

/** For looking back: see `record-size.ts` and `past.ts`. */
async function recordsByMoment(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('records')
    .addColumn('size', 'integer', (c) => c.notNull().defaultTo(0))
    .execute()
  // The limits of `SIZES` as they were when this was released.
  await sql`update records set size = case
    when until - since <= 60000 then 0
    when until - since <= 600000 then 1
    when until - since <= 3600000 then 2
    when until - since <= 43200000 then 3
    else 4 end`.execute(db)
  await db.schema.dropIndex('records_by_time').execute()
  await db.schema.dropIndex('records_by_visit').execute()
  await db.schema.createIndex('records_by_moment').on('records').columns(['size', 'until', 'since']).execute()
  await db.schema.createIndex('records_by_visit').on('records').columns(['entered_at', 'since']).execute()
  await sql`create index records_by_event on records (kind, since)
    where kind in ('alert', 'act', 'login')`.execute(db)
}
