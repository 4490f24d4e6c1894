import type { LogoutReason, Notice, NoticeBody, NoticePage, UnreadView } from '@tsunagu/contract'
import { request } from '../adapters/http'
import { hearNoticesRead, tellNoticesRead } from '../adapters/notice-channel'
import { useNoticeBoardStore } from '../stores/notice-board'
import { useNoticeStore } from '../stores/notices'
import { useSessionStore } from '../stores/session'

/** Only the latest question counts: an answer that was overtaken is dropped. */
let asked = 0

/** For the mark on the link. What cannot be asked now is asked again later, and nobody misses it meanwhile. */
export async function fetchUnread(): Promise<void> {
  const session = useSessionStore()
  const who = session.me?.id
  if (who === undefined) return
  const mine = (asked += 1)
  const answer = await request<UnreadView>('GET', '/notices/unread')
  // Nor does one count that belongs to whoever sat here before.
  if (answer.ok && mine === asked && session.me?.id === who) useNoticeBoardStore().unread = answer.body.unread
}

/** The mark goes wherever the notices are read in this browser. Until what it gives back is called. */
export const watchUnread = (): (() => void) => hearNoticesRead(() => void fetchUnread())

/** The latest notices; what is shown counts as read. `onEnded`: the login is over. */
export async function openNotices(onEnded: (reason: LogoutReason | undefined) => void): Promise<void> {
  const store = useNoticeBoardStore()
  store.failed = false
  store.busy = true
  const answer = await request<NoticePage>('GET', '/notices')
  store.busy = false
  if (!answer.ok) {
    if (answer.code === 'not-logged-in') onEnded(answer.reason)
    else store.failed = true
    return
  }
  const { notices, readUntil, next } = answer.body
  store.notices = notices
  store.readUntil = readUntil
  store.next = next
  await markRead(notices[0]?.publishedAt ?? 0)
}

async function markRead(until: number): Promise<void> {
  const store = useNoticeBoardStore()
  if (until > store.readUntil) {
    await request('PUT', '/notices/read', { until })
    tellNoticesRead()
  }
  await fetchUnread()
}

/** 「さらに表示」 */
export async function fetchMoreNotices(): Promise<void> {
  const store = useNoticeBoardStore()
  if (store.next === undefined || store.busy) return
  store.busy = true
  const answer = await request<NoticePage>('GET', `/notices?cursor=${store.next}`)
  store.busy = false
  if (!answer.ok) {
    useNoticeStore().show({ key: `refusal.${answer.code}` })
    return
  }
  store.notices = [...(store.notices ?? []), ...answer.body.notices]
  store.next = answer.body.next
}

/** 「公開する」. `false`, with the reason on the screen: it was not published. */
export async function publishNotice(body: NoticeBody): Promise<boolean> {
  const store = useNoticeBoardStore()
  store.busy = true
  const answer = await request<Notice>('POST', '/notices', body)
  store.busy = false
  if (!answer.ok) {
    useNoticeStore().show({ key: `refusal.${answer.code}` })
    return false
  }
  store.notices = [answer.body, ...(store.notices ?? [])]
  useNoticeStore().say('polite', { key: 'noticeBoard.published' })
  return true
}

/** One that somebody else has deleted already is gone all the same. */
export async function removeNotice(id: number): Promise<void> {
  const store = useNoticeBoardStore()
  const answer = await request('DELETE', `/notices/${String(id)}`)
  if (!answer.ok && answer.code !== 'not-found') {
    useNoticeStore().show({ key: `refusal.${answer.code}` })
    return
  }
  store.notices = store.notices?.filter((notice) => notice.id !== id)
  useNoticeStore().say('polite', { key: 'noticeBoard.removed' })
}
