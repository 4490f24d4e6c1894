import type { Books, History, Quality } from '../../app/ports.js'
import { sqlBooks } from './books.js'
import { openDatabase } from './database.js'
import { sqlHistory } from './history.js'
import { sqlQuality } from './quality.js'

/** What is written while calls go on. */
export interface SqlRecords {
  books: Books
  history: History
  quality: Quality
  close(): Promise<void>
}

/** On a connection of its own, which never waits for another writer with the whole process. */
export async function openRecords(databasePath: string): Promise<SqlRecords> {
  const db = await openDatabase(databasePath, 0)
  return {
    books: await sqlBooks(db),
    history: sqlHistory(db),
    quality: sqlQuality(db),
    close: () => db.destroy(),
  }
}
