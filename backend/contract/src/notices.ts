/** What administrators tell everybody on the notices page (お知らせ; operator manual, 2-2 "⑭"). */
export interface Notice {
  id: number
  /** UTC ms; later than that of every earlier notice. */
  publishedAt: number
  title: string
  /** Plain text with line breaks. */
  body: string
  /** The name of who published it, as it was then. */
  author: string
}

/** GET /api/notices: the latest first. */
export interface NoticePage {
  notices: Notice[]
  /** UTC ms; what was published later, this user has not read. */
  readUntil: number
  /** The cursor of the next page; absent on the last. */
  next?: string
}

/** GET /api/notices/unread: what the mark on the link needs. */
export interface UnreadView {
  unread: number
}

export const LONGEST_NOTICE_TITLE = 100
export const LONGEST_NOTICE_BODY = 4_000

/** A notice as it is kept: without spaces around it, and with one kind of line break. */
export function tidyNotice<T extends { title: string; body: string }>(notice: T): T {
  return { ...notice, title: notice.title.trim(), body: notice.body.replace(/\r\n?/g, '\n').trim() }
}

const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/

/** Neither empty nor with anything in it that is no text; a title has one line. */
export function isNoticeText(text: string, lines: 'one' | 'many'): boolean {
  const checked = lines === 'many' ? text.replace(/\r\n?|\n|\t/g, '') : text
  return text.trim() !== '' && !CONTROL.test(checked)
}
