/** What the server checks of the books and the history; apart, so that a page does not carry the checker. */
import * as z from 'zod/mini'
import { fieldProblem, LONGEST_NAME, MOST_ENTRIES, type BookField } from './books.js'
import { HISTORY_KINDS, HISTORY_SORTS } from './history.js'

const field = (name: BookField, longest: number) =>
  z.string().check(
    z.maxLength(longest),
    z.refine((text) => fieldProblem(name, text) === undefined),
  )

/** Before it is tidied a number may be spaced out. */
const LONGEST_TYPED = 100

/** PUT /api/books/personal */
export const personalBookBody = z.strictObject({
  version: z.int().check(z.minimum(0)),
  entries: z
    .array(
      z.strictObject({
        name: field('name', LONGEST_NAME),
        kana: field('kana', LONGEST_NAME),
        number: field('number', LONGEST_TYPED),
      }),
    )
    .check(z.maxLength(MOST_ENTRIES)),
})
export type PersonalBookBody = z.infer<typeof personalBookBody>

/** The query of GET /api/history. Without `sort` the latest stand first. */
export const historyQuery = z.strictObject({
  kind: z.optional(z.enum(HISTORY_KINDS)),
  /** Part of a name, its kana or the number. */
  q: z.optional(z.string().check(z.maxLength(100))),
  sort: z.optional(z.enum(HISTORY_SORTS)),
  /** `next` of the page before; the other fields stay as they were. */
  cursor: z.optional(z.string().check(z.regex(/^\d{1,15}\.\d{1,9}$/))),
})
export type HistoryQuery = z.infer<typeof historyQuery>
