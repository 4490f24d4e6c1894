import type { Log } from '../ports.js'
import type { Outbox, RecordStore } from './ports.js'

export interface RecordWriterDeps {
  outbox: Outbox
  store: Pick<RecordStore, 'append'>
  log: Log
  /** Between two attempts at a database that is away; tests wait shorter. */
  retryMs?: number
}

const RETRY_MS = 1_000
/** Written at once: long enough for a large site, short enough that no other writer waits for it. */
const BATCH = 200
/** A stop waits so many attempts for a database that is away; what is not written then, the next start writes. */
const LAST_ATTEMPTS = 3

/**
 * Carries the records from the outbox to the database, off the calls' path, and again until the database answers. A record
 * leaves the outbox when it is stored, and the store knows one that comes twice: so each is there once.
 */
export class RecordWriter {
  private working: Promise<void> | undefined
  private asked = false
  private stopping = false
  private interrupt: () => void = () => undefined

  constructor(private readonly deps: RecordWriterDeps) {}

  /** There may be something to write. */
  wake(): void {
    this.asked = true
    this.working ??= this.work()
  }

  /** Settles when everything is written, or the database had its last chance. */
  async stop(): Promise<void> {
    this.stopping = true
    this.interrupt()
    this.wake()
    await this.working
  }

  private async work(): Promise<void> {
    let failures = 0
    while (this.asked) {
      this.asked = false
      const result = await this.write(failures)
      if (result === 'failed') {
        if (this.stopping && failures >= LAST_ATTEMPTS) break
        failures++
        await this.pause()
      } else failures = 0
      this.asked ||= result !== 'empty'
    }
    // In the same breath as the last look, so that nobody who asks falls in between.
    this.working = undefined
  }

  private async write(failures: number): Promise<'written' | 'empty' | 'failed'> {
    const { outbox, store, log } = this.deps
    try {
      const posted = await outbox.first(BATCH)
      if (posted.length === 0) return 'empty'
      await store.append(posted.map(({ span }) => span))
      await outbox.written(posted)
      if (failures > 0) log.info({ records: posted.length }, 'the records are being written again')
      return 'written'
    } catch (error) {
      // Told once an outage, not once a second.
      if (failures === 0) log.error({ err: error }, 'the records wait for the database')
      return 'failed'
    }
  }

  private pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.deps.retryMs ?? RETRY_MS)
      this.interrupt = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
