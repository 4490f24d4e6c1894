import { openDatabase, type Sql } from '../../src/adapters/sql/database.js'
import { sqlRecordStore } from '../../src/adapters/sql/spans.js'
import type { TestDatabase } from './databases.js'
import { Day } from './day.js'

/** A day that has begun, and the database into which its records go. */
export interface DayOnDatabase {
  day: Day
  db: Sql
  /** Stops the day, and takes the database away. */
  close(): Promise<void>
}

/** Begins a day on an empty database of its own. */
export async function dayOnDatabase(make: () => Promise<TestDatabase>, seed: number): Promise<DayOnDatabase> {
  const database = await make()
  const db = await openDatabase(database.url, 0)
  const day = new Day(sqlRecordStore(db), { seed })
  await day.begin()
  return {
    day,
    db,
    async close() {
      await day.writer.stop()
      await day.stage.close()
      await db.destroy()
      await database.drop()
    },
  }
}
