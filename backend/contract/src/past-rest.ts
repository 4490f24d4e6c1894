/** What the server checks of the questions about what was; apart, so that a page does not carry the checker. */
import * as z from 'zod/mini'
import { CALL_FIGURES } from './past.js'

/** A local day of the site; absent: today. */
const date = z.optional(z.string().check(z.refine(isDate)))
const time = z.string().check(z.regex(/^[1-9]\d{11,14}$/))
/** A queue, or `all` of them together, which is meant when it is absent. */
const queue = z.optional(z.string().check(z.minLength(1), z.maxLength(64)))

/** The query of GET /api/monitor/day */
export const dayQuery = z.strictObject({ date, queue })
export type DayQuery = z.infer<typeof dayQuery>

const behind = {
  date,
  queue,
  figure: z.enum(CALL_FIGURES),
  /** The beginning of a half hour of the day, UTC ms; absent: the whole day. */
  from: z.optional(time),
}

/** The query of GET /api/monitor/behind.csv */
export const behindFileQuery = z.strictObject({ ...behind, language: z.optional(z.enum(['ja', 'en'])) })
export type BehindFileQuery = z.infer<typeof behindFileQuery>

/** The query of GET /api/monitor/behind */
export const behindQuery = z.strictObject({
  ...behind,
  /** `next` of the page before; the other fields stay as they were. */
  cursor: z.optional(z.string().check(z.regex(/^\d{1,9}$/))),
})
export type BehindQuery = z.infer<typeof behindQuery>

/** The query of GET /api/monitor/at */
export const atQuery = z.strictObject({ time })
export type AtQuery = z.infer<typeof atQuery>

/** The query of GET /api/monitor/alerts and GET /api/monitor/acts */
export const dayListQuery = z.strictObject({ date })
export type DayListQuery = z.infer<typeof dayListQuery>

function isDate(text: string): boolean {
  if (!/^20\d\d-\d\d-\d\d$/.test(text)) return false
  const read = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(text)
}
