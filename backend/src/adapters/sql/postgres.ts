import { PostgresDialect } from 'kysely'
import pg from 'pg'

export const isPostgresUrl = (where: string): boolean => /^postgres(ql)?:/.test(where)

/** Whoever waits longer than this for the database is told that it is away, ms. */
const CONNECT_LIMIT_MS = 5_000
const QUERY_LIMIT_MS = 10_000
/** Books, history, records and a report at the same time. */
const CONNECTIONS = 5

/** `bigint` and sums of it. All of ours are times and counts, far below 2^53; as text they could not be compared. */
const AS_NUMBERS: number[] = [pg.types.builtins.INT8, pg.types.builtins.NUMERIC]

/** Connections are made when they are needed, and again after an outage. */
export function postgres(url: string): PostgresDialect {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    query_timeout: QUERY_LIMIT_MS,
    statement_timeout: QUERY_LIMIT_MS,
    keepAlive: true,
    application_name: 'tsunagu',
    types: { getTypeParser },
  })
  // A connection that is lost while nobody uses it: the next query makes a new one, or says why it cannot.
  pool.on('error', () => undefined)
  // And one that is lost between two statements of a transaction: the next of them fails, and says so.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return new PostgresDialect({ pool })
}

function getTypeParser(type: number, format?: string): (value: string) => unknown {
  if (AS_NUMBERS.includes(type)) return Number
  return pg.types.getTypeParser(type, format === 'binary' ? 'binary' : 'text') as (value: string) => unknown
}
