import { tidyNotice, type Notice, type NoticeBody, type NoticePage, type UserId } from '@tsunagu/contract'
import type { User } from '../ports.js'
import type { Notices } from './ports.js'

/** More than anybody reads at once. */
const PAGE_SIZE = 20

export interface NoticeBoard {
  notices: Notices
}

/** A page of the notices, the latest first; `cursor` is the `next` of the page before. */
export async function readNotices(
  { notices }: NoticeBoard,
  reader: UserId,
  cursor: string | undefined,
): Promise<NoticePage> {
  const before = cursor === undefined ? {} : { before: Number(cursor) }
  // One too many tells that there is a next page.
  const [found, readUntil] = await Promise.all([
    notices.list({ ...before, limit: PAGE_SIZE + 1 }),
    notices.readUntil(reader),
  ])
  const page = found.slice(0, PAGE_SIZE)
  const last = page.at(-1)
  const more = found.length > PAGE_SIZE && last
  return { notices: page, readUntil, ...(more ? { next: String(last.publishedAt) } : {}) }
}

/** Publishes under the administrator's name. He has read it himself, and with it all that came before. */
export async function publishNotice(
  { notices }: NoticeBoard,
  author: User,
  body: NoticeBody,
): Promise<Notice> {
  const notice = await notices.publish({ ...tidyNotice(body), author: author.name })
  await notices.markRead(author.id, notice.publishedAt)
  return notice
}
