import type { CallId } from '@tsunagu/contract'
import type { Log } from './ports.js'

export interface WriterDeps<Entry> {
  /** What is written, in the words of the log. */
  name: string
  /** Rejects while the database is away. What it is given twice it has to tell apart by itself. */
  write: (entries: Entry[]) => Promise<void>
  log: Log
  /** Between two attempts at a database that is away; tests wait shorter. */
  retryMs?: number
  /** Of entries that wait for the database; some hours of a large site. */
  most?: number
}

const RETRY_MS = 1_000
const MOST_WAITING = 50_000
/** Written at once, so that after an outage the latest do not wait behind one long write. */
const BATCH = 200
/** A stop waits so many attempts for a database that is away. */
const LAST_ATTEMPTS = 3

/**
 * Writes what is kept of calls, off the calls' path: `record` only puts into a queue in memory. A database that is away
 * is asked again until it is back, and nothing is lost meanwhile.
 */
export class PatientWriter<Entry extends { callId: CallId }> {
  private readonly waiting: Entry[] = []
  private working: Promise<void> | undefined
  private stopping = false
  private wake: () => void = () => undefined

  constructor(private readonly deps: WriterDeps<Entry>) {}

  record(entry: Entry): void {
    this.waiting.push(entry)
    if (this.waiting.length > (this.deps.most ?? MOST_WAITING)) {
      const lost = this.waiting.shift()
      this.deps.log.error({ callId: lost?.callId }, `the ${this.deps.name} lost an entry: too many wait`)
    }
    this.working ??= this.work()
  }

  /** What waits is written, as far as the database answers. */
  async stop(): Promise<void> {
    this.stopping = true
    this.wake()
    await this.working
    if (this.waiting.length === 0) return
    const { log, name } = this.deps
    log.error({ entries: this.waiting.length }, `the ${name} lost entries: no database`)
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
    // In the same breath as the last look at the queue, so that no entry falls in between.
    this.working = undefined
  }

  private async write(failures: number): Promise<boolean> {
    const { log, name } = this.deps
    const batch = this.waiting.slice(0, BATCH)
    try {
      await this.deps.write(batch)
    } catch (error) {
      // Told once an outage, not once a second.
      if (failures === 0) {
        log.error({ err: error, entries: this.waiting.length }, `the ${name} waits for the database`)
      }
      return false
    }
    const written = new Set(batch)
    // Not by position: the oldest may have been dropped meanwhile.
    this.waiting.splice(0, this.waiting.length, ...this.waiting.filter((entry) => !written.has(entry)))
    if (failures > 0) log.info({ entries: batch.length }, `the ${name} is being written again`)
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
