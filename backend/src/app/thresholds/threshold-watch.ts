import type { BoardCrossing, Thresholds } from '@tsunagu/contract'
import type { ClosedSpan } from '../../domain/records/span.js'
import { crossingsOf, type Crossing, type Watched } from '../../domain/thresholds/crossings.js'
import type { Clock, Log } from '../ports.js'
import type { CrossingStore } from './ports.js'

export interface ThresholdWatchDeps {
  clock: Clock
  /** Those that hold now. */
  thresholds: () => Thresholds
  store: CrossingStore
  log: Log
  /** A crossing has been written down as over. */
  recorded: () => void
  /** Time alone has changed something: look again (`rows`). */
  due: () => void
}

/** The longest that a timer can be set for is some weeks; one that is early does no harm. */
const LONGEST_TIMER_MS = 3_600_000

/**
 * The board's table of crossings. Whoever makes the board asks for its rows after every change of the others and when `due` says
 * so. What is over goes to the records; a Redis that is away then is asked again with the next change.
 */
export class ThresholdWatch {
  private known: Crossing[] = []
  private owed: ClosedSpan[] = []
  private timer: NodeJS.Timeout | undefined
  private keeping: Promise<void> | undefined
  private changed = false

  constructor(private readonly deps: ThresholdWatchDeps) {}

  /** At the start, before the first look: what a process before this one had found. */
  async begin(): Promise<void> {
    this.known = await this.deps.store.load()
  }

  /** The crossings of now. `board`: the other tables as they now are. */
  rows(board: Watched): BoardCrossing[] {
    const at = this.deps.clock.now()
    const before = this.known
    const { crossings, over, next } = crossingsOf(this.deps.thresholds(), { board, at }, before)
    this.known = crossings
    this.wakeAt(next, at)
    if (over.length > 0 || JSON.stringify(before) !== JSON.stringify(crossings)) this.keep(over)
    return crossings.map(({ belowSince: _, ...row }) => row)
  }

  /** Settles when everything is written, or could not be. */
  async stop(): Promise<void> {
    clearTimeout(this.timer)
    await this.keeping
  }

  private wakeAt(next: number | undefined, now: number): void {
    clearTimeout(this.timer)
    if (next === undefined) return
    const { due } = this.deps
    this.timer = setTimeout(due, Math.min(Math.max(next - now, 1), LONGEST_TIMER_MS))
    this.timer.unref()
  }

  private keep(over: ClosedSpan[]): void {
    this.owed.push(...over)
    this.changed = true
    this.keeping ??= this.write()
  }

  private async write(): Promise<void> {
    const { store, log, recorded } = this.deps
    while (this.changed) {
      this.changed = false
      const over = this.owed
      this.owed = []
      try {
        await store.keep(this.known, over)
        if (over.length > 0) recorded()
      } catch (error) {
        this.owed = [...over, ...this.owed]
        log.warn({ err: error }, 'crossings could not be kept; with the next change')
      }
    }
    this.keeping = undefined
  }
}
