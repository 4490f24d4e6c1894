/** A supervisor in an operator's call. */
import type { UserId } from './ids.js'

/**
 * | mode | 日本語 | who hears the supervisor |
 * |---|---|---|
 * | listen | モニタリング | nobody |
 * | whisper | ささやき | the operator |
 * | barge | 三者通話 | the operator and whoever he speaks to |
 *
 * In all three the supervisor hears both.
 */
export const LISTEN_MODES = ['listen', 'whisper', 'barge'] as const
export type ListenMode = (typeof LISTEN_MODES)[number]

/** What a supervisor's own phone is doing for it. */
export interface ListeningView {
  operator: { id: UserId; name: string; extension: string }
  mode: ListenMode
  /** Since when it is asked for, UTC ms. */
  since: number
  /** The supervisor hears them. */
  up: boolean
}
