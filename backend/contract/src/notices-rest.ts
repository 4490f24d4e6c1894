/** What the server checks of the notices; apart, so that a page does not carry the checker. */
import * as z from 'zod/mini'
import { isNoticeText, LONGEST_NOTICE_BODY, LONGEST_NOTICE_TITLE } from './notices.js'

const noticeText = (lines: 'one' | 'many', longest: number) =>
  z.string().check(
    z.maxLength(longest),
    z.refine((text) => isNoticeText(text, lines)),
  )

/** POST /api/notices */
export const noticeBody = z.strictObject({
  title: noticeText('one', LONGEST_NOTICE_TITLE),
  body: noticeText('many', LONGEST_NOTICE_BODY),
})
export type NoticeBody = z.infer<typeof noticeBody>

/** The query of GET /api/notices. */
export const noticesQuery = z.strictObject({
  /** `next` of the page before. */
  cursor: z.optional(z.string().check(z.regex(/^\d{1,15}$/))),
})
export type NoticesQuery = z.infer<typeof noticesQuery>

/** PUT /api/notices/read */
export const noticesReadBody = z.strictObject({
  /** `publishedAt` of the latest notice that was shown. */
  until: z.int().check(z.minimum(0)),
})
export type NoticesReadBody = z.infer<typeof noticesReadBody>
