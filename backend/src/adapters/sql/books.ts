import type { BookEntry, PersonalBook, UserId } from '@tsunagu/contract'
import { sql } from 'kysely'
import type { Books } from '../../app/ports.js'
import { numberKey } from '../../domain/number/number-key.js'
import type { Sql } from './database.js'
import { patiently } from './patiently.js'

/** The shared book and the personal ones. The names of the personal ones are also kept in memory, for calls. */
export async function sqlBooks(db: Sql): Promise<Books> {
  const names = await loadNames(db)
  return {
    shared: () => db.selectFrom('phone_book').select(['name', 'kana', 'number']).orderBy('id').execute(),
    personal: (owner) => readBook(db, owner),
    async savePersonal(owner, book) {
      const saved = await patiently(db, (all) => replaceBook(all, owner, book))
      if (!saved) return undefined
      names.set(owner, namesOf(book.entries))
      return { version: book.version + 1, entries: book.entries }
    },
    personalName: (owner, number) => names.get(owner)?.get(numberKey(number)),
  }
}

async function loadNames(db: Sql): Promise<Map<string, Map<string, string>>> {
  const books = await db.selectFrom('personal_books').select(['owner', 'entries']).execute()
  return new Map(books.map(({ owner, entries }) => [owner, namesOf(JSON.parse(entries) as BookEntry[])]))
}

/** Of two entries with one number the first gives the name. */
const namesOf = (entries: BookEntry[]): Map<string, string> =>
  new Map(entries.toReversed().map(({ name, number }) => [numberKey(number), name]))

async function readBook(db: Sql, owner: UserId): Promise<PersonalBook> {
  const row = await db
    .selectFrom('personal_books')
    .select(['version', 'entries'])
    .where('owner', '=', owner)
    .executeTakeFirst()
  if (!row) return { version: 0, entries: [] }
  return { version: row.version, entries: JSON.parse(row.entries) as BookEntry[] }
}

/** `false`: it is no longer the version that was changed. */
async function replaceBook(db: Sql, owner: UserId, book: PersonalBook): Promise<boolean> {
  const version = book.version + 1
  const entries = JSON.stringify(book.entries)
  const written = await db
    .insertInto('personal_books')
    .values({ owner, version, entries })
    .onConflict((known) =>
      known
        .column('owner')
        .doUpdateSet({ version, entries })
        .where(sql.ref('personal_books.version'), '=', book.version),
    )
    .executeTakeFirst()
  return written.numInsertedOrUpdatedRows === 1n
}
