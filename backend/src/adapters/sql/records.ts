import type { Notices } from '../../app/notices/ports.js'
import type { Books, History, Quality } from '../../app/ports.js'
import type { Settings } from '../../app/settings/ports.js'
import type { PastStore, RecordStore } from '../../app/records/ports.js'
import { systemClock } from '../system/clock.js'
import { sqlBooks } from './books.js'
import { openDatabase } from './database.js'
import { sqlHistory } from './history.js'
import { sqlNotices } from './notices.js'
import { sqlPastStore } from './past.js'
import { sqlQuality } from './quality.js'
import { sqlSettings } from './settings.js'
import { sqlRecordStore } from './spans.js'

/** What is written while calls go on. */
export interface SqlRecords {
  books: Books
  history: History
  quality: Quality
  notices: Notices
  store: RecordStore
  settings: Settings
  past: PastStore
  close(): Promise<void>
}

/** On a connection of its own, which never waits for another writer with the whole process. */
export async function openRecords(database: string): Promise<SqlRecords> {
  const db = await openDatabase(database, 0)
  return {
    books: await sqlBooks(db),
    history: sqlHistory(db),
    quality: sqlQuality(db),
    notices: sqlNotices(db, systemClock),
    store: sqlRecordStore(db),
    settings: await sqlSettings(db),
    past: sqlPastStore(db),
    close: () => db.destroy(),
  }
}
