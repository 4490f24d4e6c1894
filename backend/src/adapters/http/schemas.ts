import * as z from 'zod'
import {
  ERROR_MESSAGES,
  figureSettingsSchema,
  HISTORY_KINDS,
  thresholdsSchema,
  type ErrorCode,
} from '@tsunagu/contract'

/** The answers of the API as schemas: for the OpenAPI document, and for the tests that hold the answers against it. */

const codes = Object.keys(ERROR_MESSAGES) as [ErrorCode, ...ErrorCode[]]

export const errorSchema = z.strictObject({
  error: z.strictObject({ code: z.enum(codes), message: z.string(), field: z.string().optional() }),
})

/** Why the session ended, where that is still known. */
export const loggedOutSchema = errorSchema.extend({
  reason: z.enum(['logged-out', 'link-lost', 'forced', 'expired']).optional(),
})

export const sessionSchema = z.strictObject({
  me: z.strictObject({
    id: z.string(),
    name: z.string(),
    role: z.enum(['operator', 'supervisor', 'administrator']),
    extension: z.string().optional(),
  }),
  timeZone: z.string(),
})

export const phoneSchema = z.strictObject({
  extension: z.string(),
  password: z.string(),
  domain: z.string(),
  legHeader: z.literal('X-Tsunagu-Leg'),
})

export const versionSchema = z.strictObject({ version: z.string() })

export const emptySchema = z.strictObject({})

export const healthSchema = z.strictObject({ status: z.literal('ok') })

/** Which parts of the system can be reached. */
export const readySchema = z.strictObject({ ready: z.boolean(), parts: z.record(z.string(), z.boolean()) })

const entries = z.array(z.strictObject({ name: z.string(), kana: z.string(), number: z.string() }))

export const sharedBookSchema = z.strictObject({ entries })

export const personalBookSchema = z.strictObject({ version: z.int(), entries })

export const importedBookSchema = z.strictObject({
  entries,
  problems: z.array(
    z.strictObject({
      line: z.int(),
      problem: z.enum([
        'name-missing',
        'number-missing',
        'number-characters',
        'characters',
        'too-long',
        'too-many',
      ]),
    }),
  ),
})

export const noticeSchema = z.strictObject({
  id: z.int(),
  publishedAt: z.int(),
  title: z.string(),
  body: z.string(),
  author: z.string(),
})

export const noticePageSchema = z.strictObject({
  notices: z.array(noticeSchema),
  readUntil: z.int(),
  next: z.string().optional(),
})

export const unreadSchema = z.strictObject({ unread: z.int() })

export const historySchema = z.strictObject({
  entries: z.array(
    z.strictObject({
      id: z.int(),
      kind: z.enum(HISTORY_KINDS),
      internal: z.boolean(),
      number: z.string().optional(),
      name: z.string().optional(),
      reached: z.string().optional(),
      talkMs: z.int().nullable(),
      startedAt: z.int(),
    }),
  ),
  next: z.string().optional(),
})

const setting = {
  version: z.int(),
  savedBy: z.string().optional(),
  queues: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  works: z.array(z.string()),
}

export const thresholdsView = z.strictObject({ ...setting, value: thresholdsSchema })

export const figureSettingsView = z.strictObject({ ...setting, value: figureSettingsSchema })
