import * as z from 'zod'
import { figureSettingsSchema, thresholdsSchema } from '@tsunagu/contract'
import type { Kept, Setting, Settings } from '../../app/settings/ports.js'
import { DEFAULT_FIGURES } from '../../domain/metrics/settings.js'
import { DEFAULT_THRESHOLDS } from '../../domain/thresholds/crossings.js'
import { StartError } from '../../start-error.js'
import type { Sql } from './database.js'
import { patiently } from './patiently.js'

/** What the monitor lets a site set: one row each, answered from memory. @throws {StartError} when a row is wrong, in words. */
export async function sqlSettings(db: Sql): Promise<Settings> {
  const thresholds = await openSetting(db, {
    key: 'thresholds',
    schema: thresholdsSchema,
    initial: DEFAULT_THRESHOLDS,
  })
  const figures = await openSetting(db, {
    key: 'figures',
    schema: figureSettingsSchema,
    initial: DEFAULT_FIGURES,
  })
  return { thresholds, figures }
}

interface Row<T> {
  key: string
  schema: z.core.$ZodType<T>
  initial: T
}

async function openSetting<T>(db: Sql, row: Row<T>): Promise<Setting<T>> {
  const text = await read(db, row.key)
  let kept: Kept<T> = text === undefined ? { version: 0, value: row.initial } : parse(row, text)
  return {
    current: () => kept,
    async save(version, value, savedBy) {
      const next: Kept<T> = { version: version + 1, value, savedBy }
      const saved = await patiently(db, (all) => replace(all, row, { version, next }))
      if (saved) kept = next
      return saved ? next : undefined
    },
  }
}

async function read(db: Sql, key: string): Promise<string | undefined> {
  const row = await db.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst()
  return row?.value
}

function parse<T>({ key, schema }: Row<T>, text: string): Kept<T> {
  const { version, value, savedBy } = JSON.parse(text) as Partial<Kept<unknown>>
  const given = z.safeParse(schema, value)
  if (!given.success) {
    const wrong = given.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
    throw new StartError(`The setting ${key} is wrong: ${wrong.join(', ')}.`)
  }
  return { version: version ?? 0, value: given.data, ...(savedBy === undefined ? {} : { savedBy }) }
}

/** `false`: it is no longer the version that was changed. What is compared is the row, whoever wrote it. */
async function replace<T>(
  db: Sql,
  { key }: Row<T>,
  { version, next }: { version: number; next: Kept<T> },
): Promise<boolean> {
  const value = JSON.stringify(next)
  const was = await read(db, key)
  if (was === undefined) {
    if (version !== 0) return false
    await db.insertInto('settings').values({ key, value }).execute()
    return true
  }
  if ((JSON.parse(was) as Partial<Kept<T>>).version !== version) return false
  const written = await db
    .updateTable('settings')
    .set({ value })
    .where('key', '=', key)
    .where('value', '=', was)
    .executeTakeFirst()
  return written.numUpdatedRows === 1n
}
