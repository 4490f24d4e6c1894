import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'

/** An empty database of its own, and its end. */
export interface TestDatabase {
  url: string
  drop(): Promise<void>
}

/** Both databases that the product runs on: one suite for the two. */
export const DATABASES: [name: string, make: () => Promise<TestDatabase>][] = [
  ['SQLite', sqliteFile],
  ['PostgreSQL', postgresDatabase],
]

function sqliteFile(): Promise<TestDatabase> {
  const dir = mkdtempSync(join(tmpdir(), 'tsunagu-sql-'))
  const drop = (): Promise<void> => Promise.resolve(rmSync(dir, { recursive: true }))
  return Promise.resolve({ url: join(dir, 'tsunagu.db'), drop })
}

async function postgresDatabase(): Promise<TestDatabase> {
  const server = process.env['TEST_POSTGRES_URL']
  if (!server) throw new Error('TEST_POSTGRES_URL is not set: run through vitest --project integration')
  const name = `t_${randomUUID().replaceAll('-', '')}`
  await ask(server, `create database ${name}`)
  return { url: `${server}/${name}`, drop: () => ask(server, `drop database ${name} with (force)`) }
}

async function ask(server: string, statement: string): Promise<void> {
  const client = new pg.Client(`${server}/postgres`)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
