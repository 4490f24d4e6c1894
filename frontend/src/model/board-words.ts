import {
  ALL_QUEUES,
  QUEUE_THRESHOLDS,
  type BoardCrossing,
  type BoardOperator,
  type QueueThreshold,
} from '@tsunagu/contract'
import type { MessageKey, MessageParams, Text } from '../i18n'
import type { BoardAlert, Rows } from './board'
import { minutesSeconds } from './clock-format'
import { partyWord } from './words'

/** A part of 1 as people read it; a dash where there was nothing to divide by. */
export const percent = (part: number | null | undefined): string =>
  part === null || part === undefined ? '–' : `${(part * 100).toFixed(1)}%`

/** A target or a limit: whole where it is whole. */
export const roundPercent = (part: number): string => `${String(Math.round(part * 1000) / 10)}%`

/** An average as `3:41`; a dash where there is none. */
export function duration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return '–'
  return shortClock(Math.round(ms / 1000))
}

/** `0:52`, `12:44`, `1:02:03`: as figures stand in tiles and columns. */
export const shortClock = (seconds: number): string => minutesSeconds(seconds).replace(/^0(?=\d:)/, '')

const ofQueue = (what: BoardCrossing['what']): what is QueueThreshold =>
  (QUEUE_THRESHOLDS as readonly string[]).includes(what)

function limitWord({ what, limit }: BoardCrossing): string {
  if (what === 'waiting') return String(limit)
  return what === 'service-level' ? roundPercent(limit) : shortClock(Math.round(limit / 1000))
}

/** What is crossed, and which limit, without whose it is. */
export function crossingTag(crossing: BoardCrossing, text: Text): string {
  const { what } = crossing
  return ofQueue(what) ? text(`threshold.${what}`) : text('threshold.over', { what: text(`status.${what}`) })
}

/** A crossing in one sentence: whose, what, and the limit. */
export function crossingWords(
  crossing: BoardCrossing,
  queues: Rows<'queues'>,
  text: Text,
): { key: MessageKey; params: MessageParams } {
  const { operator, queueId } = crossing
  const queue = queueId === ALL_QUEUES ? text('queues.all') : (queues.get(queueId ?? '')?.name ?? '')
  const who = operator?.name ?? queue
  return {
    key: crossing.what === 'service-level' ? 'threshold.below' : 'threshold.above',
    params: { who, what: crossingTag(crossing, text), limit: limitWord(crossing) },
  }
}

/** Of the crossings, the one of this figure; of any queue for the whole site's tiles. */
export const crossingOf = (
  crossings: readonly BoardCrossing[],
  what: BoardCrossing['what'],
  queueId?: string,
): BoardCrossing | undefined =>
  crossings.find((row) => row.what === what && (queueId === undefined || row.queueId === queueId))

/** The limit as the tile shows it. */
export const crossingLimit = (crossing: BoardCrossing | undefined): string | undefined =>
  crossing && limitWord(crossing)

/** Who is spoken to, and by which queue. */
export function partyOf({ call }: BoardOperator, text: Text): string {
  if (!call) return ''
  const via = call.internal ? text('phone.internal') : call.queue?.name
  return [partyWord(call, text), via].filter(Boolean).join(' ・ ')
}

/** The browser's tab: who waits for help is seen from another tab, too. */
export function monitorTitle(alerts: readonly BoardAlert[], text: Text): string {
  const open = alerts.filter(({ alert }) => alert.acknowledgedBy === undefined)
  return open.length > 0
    ? text('monitor.titleAlert', { count: String(open.length) })
    : text('monitor.titleQuiet')
}
