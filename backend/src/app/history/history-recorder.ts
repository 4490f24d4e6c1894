import type { HistoryEntry } from '../../domain/history/history-entry.js'
import type { History, HistoryLog, Log } from '../ports.js'

export interface RecorderDeps {
  history: Pick<History, 'append'>
  log: Log
  /** Between two attempts at a database that is away; tests wait shorter. */
  retryMs?: number
  /** Of calls that wait for the database; some hours of a large site. */
  most?: number
}

const RETRY_MS = 1_000
const MOST_WAITING = 50_000
/** Written at once, so that after an outage calls do not wait behind one long write. */
const BATCH = 200
/** A stop waits so many attempts for a database that is away. */
const LAST_ATTEMPTS = 3

/**
 * Writes the history off the calls' path: `record` only puts into a queue in memory. A database that is away is asked
 * again until it is back, and nothing is lost meanwhile; what was stored twice is told apart by the database.
 */
export class HistoryRecorder implements HistoryLog {
  private readonly waiting: HistoryEntry[] = []
  private working: Promise<void> | undefined
  private stopping = false
  private wake: () => void = () => undefined

  constructor(private readonly deps: RecorderDeps) {}

  record(entry: HistoryEntry): void {
    this.waiting.push(entry)
    if (this.waiting.length > (this.deps.most ?? MOST_WAITING)) {
      const lost = this.waiting.shift()
      this.deps.log.error({ callId: lost?.callId }, 'a call is lost for the history: too many wait')
    }
    this.working ??= this.work()
  }

  /** What waits is written, as far as the database answers. */
  async stop(): Promise<void> {
    this.stopping = true
    this.wake()
    await this.working
    if (this.waiting.length === 0) return
    this.deps.log.error({ calls: this.waiting.length }, 'calls are lost for the history: no database')
  }

  private async work(): Promise<void> {
    let failures = 0
    while (this.waiting.length > 0) {
      if (await this.write(failures)) {
        failures = 0
        continue
      }
      if (this.stopping && failures >= LAST_ATTEMPTS) break
      failures++
      await this.pause()
    }
    // In the same breath as the last look at the queue, so that no call falls in between.
    this.working = undefined
  }

  private async write(failures: number): Promise<boolean> {
    const batch = this.waiting.slice(0, BATCH)
    try {
      await this.deps.history.append(batch)
    } catch (error) {
      // Told once an outage, not once a second.
      if (failures === 0) {
        this.deps.log.error({ err: error, calls: this.waiting.length }, 'the history waits for the database')
      }
      return false
    }
    const written = new Set(batch)
    // Not by position: the oldest may have been dropped meanwhile.
    this.waiting.splice(0, this.waiting.length, ...this.waiting.filter((entry) => !written.has(entry)))
    if (failures > 0) this.deps.log.info({ calls: batch.length }, 'the history is being written again')
    return true
  }

  private pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.deps.retryMs ?? RETRY_MS)
      this.wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
