import type { Notice, UserId } from '@tsunagu/contract'

/** What administrators tell everybody, and how far each user has read. */
export interface Notices {
  /** The latest first; with `before` only those published earlier. */
  list(options: { before?: number; limit: number }): Promise<Notice[]>
  /** Published now, and later than every other notice. */
  publish(notice: Pick<Notice, 'title' | 'body' | 'author'>): Promise<Notice>
  /** `false`: there is no such notice. */
  remove(id: number): Promise<boolean>
  /** 0: the user has read nothing yet. */
  readUntil(reader: UserId): Promise<number>
  countUnread(reader: UserId): Promise<number>
  /** Never goes back, and never past the latest notice. */
  markRead(reader: UserId, until: number): Promise<void>
}
