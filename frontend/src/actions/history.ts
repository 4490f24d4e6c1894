import type { HistoryPage } from '@tsunagu/contract'
import { request } from '../adapters/http'
import { useHistoryStore } from '../stores/history'
import { useSessionStore } from '../stores/session'

/** Only the latest question counts: an answer that was overtaken is dropped. */
let asked = 0

/** The first page of what is looked for. */
export async function fetchHistory(): Promise<void> {
  await fetchPage(undefined)
}

/** 「さらに表示」 */
export async function fetchMoreHistory(): Promise<void> {
  const { next, busy } = useHistoryStore()
  if (next !== undefined && !busy) await fetchPage(next)
}

async function fetchPage(cursor: string | undefined): Promise<void> {
  const store = useHistoryStore()
  const mine = (asked += 1)
  const session = useSessionStore()
  const who = session.me?.id
  store.busy = true
  const answer = await request<HistoryPage>('GET', `/history?${queryOf(cursor)}`)
  // Nor does one count that belongs to whoever sat here before.
  if (mine !== asked || session.me?.id !== who) return
  store.busy = false
  store.failed = !answer.ok
  if (!answer.ok) return
  const { entries, next } = answer.body
  store.rows = cursor === undefined ? entries : [...(store.rows ?? []), ...entries]
  store.next = next
}

function queryOf(cursor: string | undefined): string {
  const { kind, words, sort } = useHistoryStore()
  const query = new URLSearchParams({ sort })
  if (kind) query.set('kind', kind)
  if (words) query.set('q', words)
  if (cursor !== undefined) query.set('cursor', cursor)
  return query.toString()
}
