import { personalBookBody, tidyEntry, type ImportedBook } from '@tsunagu/contract'
import type { Books } from '../../app/ports.js'
import type { Sessions } from '../../app/sessions/sessions.js'
import { decodeCsv } from '../../domain/books/decode-csv.js'
import { readBook, writeBook } from '../../domain/books/read-book.js'
import { readBytes } from './body.js'
import { refuse } from './reply.js'
import { withBody, withSession, type Route } from './route.js'
import { errorSchema, importedBookSchema, personalBookSchema, sharedBookSchema } from './schemas.js'

/** A full book in the longest spelling. */
const LONGEST_BOOK = '2mb'
const LONGEST_FILE = 2 * 1024 * 1024

const CSV = 'text/csv; charset=utf-8'

/** Whose book it is, only the session says: there is no address for anybody else's. */
export function bookRoutes(sessions: Sessions, books: Books): Route[] {
  return [
    sharedRoute(sessions, books),
    personalRoute(sessions, books),
    saveRoute(sessions, books),
    importRoute(sessions),
    exportRoute(sessions, books),
  ]
}

function sharedRoute(sessions: Sessions, books: Books): Route {
  return {
    method: 'get',
    path: '/api/books/shared',
    summary: 'The phone book that all share.',
    session: true,
    answers: { 200: { says: 'All its entries, in its own order.', schema: sharedBookSchema } },
    handle: withSession(sessions, async () => ({ status: 200, body: { entries: await books.shared() } })),
  }
}

function personalRoute(sessions: Sessions, books: Books): Route {
  return {
    method: 'get',
    path: '/api/books/personal',
    summary: "The session's own phone book.",
    session: true,
    answers: { 200: { says: 'All its entries, and its version.', schema: personalBookSchema } },
    handle: withSession(sessions, async (_, { user }) => ({
      status: 200,
      body: await books.personal(user.id),
    })),
  }
}

function saveRoute(sessions: Sessions, books: Books): Route {
  return {
    method: 'put',
    path: '/api/books/personal',
    summary: "Replaces the session's own phone book.",
    session: true,
    body: personalBookBody,
    longestBody: LONGEST_BOOK,
    answers: {
      200: { says: 'Saved; the book as it now is.', schema: personalBookSchema },
      409: { says: 'It was saved elsewhere since this version.', schema: errorSchema },
      503: { says: 'The database is in use; try again.', schema: errorSchema },
    },
    handle: withBody(personalBookBody, (ctx, { version, entries }) =>
      withSession(sessions, async (_, { user }) => {
        const saved = await books.savePersonal(user.id, { version, entries: entries.map(tidyEntry) })
        return saved ? { status: 200, body: saved } : refuse('stale')
      })(ctx),
    ),
  }
}

function importRoute(sessions: Sessions): Route {
  return {
    method: 'post',
    path: '/api/books/personal/import',
    summary: 'Reads a CSV file for a phone book, in UTF-8, Shift_JIS or UTF-16. Saves nothing.',
    session: true,
    file: 'text/csv',
    answers: { 200: { says: 'What can be taken, and why the rest cannot.', schema: importedBookSchema } },
    handle: withSession(sessions, async (ctx) => {
      const text = decodeCsv(await readBytes(ctx, LONGEST_FILE))
      if (text === undefined) return refuse('bad-request', { field: 'body' })
      const body: ImportedBook = readBook(text)
      return { status: 200, body }
    }),
  }
}

function exportRoute(sessions: Sessions, books: Books): Route {
  return {
    method: 'get',
    path: '/api/books/personal/export',
    summary: "The session's own phone book as a CSV file that spreadsheets open.",
    session: true,
    answers: { 200: { says: 'UTF-8 with a byte order mark.', type: 'text/csv' } },
    handle: withSession(sessions, async (_, { user }) => ({
      status: 200,
      body: writeBook((await books.personal(user.id)).entries),
      headers: { 'Content-Type': CSV, 'Content-Disposition': 'attachment; filename="phone-book.csv"' },
    })),
  }
}
