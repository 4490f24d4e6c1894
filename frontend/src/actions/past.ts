import {
  BOARD_TABLES,
  type ActLog,
  type AlertHistory,
  type BehindPage,
  type CallFigure,
  type CallStory,
  type DayView,
  type ErrorCode,
  type PastBoard,
} from '@tsunagu/contract'
import { request, type Answer } from '../adapters/http'
import { EMPTY_TABLES, type Tables } from '../model/board'
import { usePastBoardStore } from '../stores/board'
import { useDayStore } from '../stores/day'
import { useNoticeStore } from '../stores/notices'

/** Whose figures of which day; `undefined`: today, and all queues. */
export interface AskedDay {
  date?: string | undefined
  queue?: string | undefined
}

export interface AskedFigure extends AskedDay {
  figure: CallFigure
  /** The beginning of a half hour; `undefined`: the whole day. */
  from?: number | undefined
}

const addressOf = (path: string, asked: object): string => {
  const given = Object.entries(asked).filter(([, value]) => value !== undefined)
  return `/monitor/${path}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()}`
}

/** Only the latest question of a kind counts: an answer that was overtaken is dropped. */
const asked = { day: 0, behind: 0, at: 0 }

/** The figures of a day, and what belongs to it. */
export async function fetchDay({ date, queue }: AskedDay): Promise<void> {
  const store = useDayStore()
  const mine = (asked.day += 1)
  store.busy = true
  const [view, alerts, acts] = await Promise.all([
    request<DayView>('GET', addressOf('day', { date, queue })),
    request<AlertHistory>('GET', addressOf('alerts', { date })),
    request<ActLog>('GET', addressOf('acts', { date })),
  ])
  if (mine !== asked.day) return
  store.busy = false
  store.failed = !view.ok || !alerts.ok || !acts.ok
  if (view.ok) store.view = view.body
  if (alerts.ok) store.alerts = alerts.body
  if (acts.ok) store.acts = acts.body
}

/** The calls behind a figure, the first page of them. */
export async function fetchBehind(about: AskedFigure): Promise<void> {
  const store = useDayStore()
  store.figure = about.figure
  store.from = about.from
  store.behind = undefined
  await fetchBehindAgain(about)
}

/** The same calls as they are now; what is shown stays until they come. */
export async function fetchBehindAgain(about: AskedFigure): Promise<void> {
  const store = useDayStore()
  const mine = (asked.behind += 1)
  const answer = await request<BehindPage>('GET', addressOf('behind', about))
  if (mine !== asked.behind) return
  if (answer.ok) store.behind = answer.body
  else refused(answer)
}

/** 「さらに表示」 */
export async function fetchMoreBehind(about: AskedFigure): Promise<void> {
  const store = useDayStore()
  const { behind } = store
  if (behind?.next === undefined) return
  const mine = (asked.behind += 1)
  const answer = await request<BehindPage>('GET', addressOf('behind', { ...about, cursor: behind.next }))
  if (mine !== asked.behind) return
  if (answer.ok) store.behind = { ...answer.body, rows: [...behind.rows, ...answer.body.rows] }
  else refused(answer)
}

/** Where the calls behind a figure are to be had as a file. */
export const behindFile = (about: AskedFigure, language: string): string =>
  `/api${addressOf('behind.csv', { ...about, language })}`

/** Nobody looks at a day any more: what is still under way is dropped when it comes. */
export function leaveDay(): void {
  asked.day += 1
  asked.behind += 1
  useDayStore().clear()
}

/** The board as it was; what comes late for a moment that nobody looks at any more is dropped. */
export async function fetchMoment(time: number): Promise<void> {
  const store = usePastBoardStore()
  const mine = (asked.at += 1)
  store.busy = true
  const answer = await request<PastBoard>('GET', addressOf('at', { time }))
  if (mine !== asked.at) return
  store.busy = false
  store.failed = !answer.ok
  if (!answer.ok) return
  const { tables, ...past } = answer.body
  store.past = past
  store.time = past.time
  store.stale = false
  store.show(byKey(tables))
}

/** Nobody looks back any more. */
export function leavePast(): void {
  asked.at += 1
  usePastBoardStore().clear()
}

function byKey(tables: PastBoard['tables']): Tables {
  const maps = BOARD_TABLES.map((name) => [name, new Map(tables[name].map((row) => [row.key, row]))] as const)
  return { ...EMPTY_TABLES, ...Object.fromEntries(maps) } as Tables
}

/** Why a call waited, and what became of it. */
export const fetchStory = (id: string): Promise<Answer<CallStory>> =>
  request<CallStory>('GET', `/monitor/calls/${encodeURIComponent(id)}`)

function refused({ code }: { code: ErrorCode }): void {
  useNoticeStore().show({ key: `refusal.${code}` })
}
