import type { Log } from '../ports.js'
import type { Recovery } from './recovery.js'

/** After a fault, and between tries, this long, ms: many faults at once need one agreement. */
const PAUSE_MS = 1_000

/**
 * Keeps memory and Asterisk in agreement: on every connection before its events are told, after every fault (a step may
 * have been written and not carried out), and from time to time. One run at a time; one that fails is tried again for as
 * long as there is a connection.
 */
export class Agreement {
  private connectedNow = true
  private reachedNow = true
  private running: Promise<void> = Promise.resolve()
  private timer: NodeJS.Timeout | undefined

  constructor(private readonly deps: { recovery: Recovery; log: Log; dispatch(): void }) {}

  /** Whether calls may be distributed, and the system is ready. */
  get reached(): boolean {
    return this.connectedNow && this.reachedNow
  }

  /** Settles when agreed, or when the first try has failed and others will follow. */
  connected(): Promise<void> {
    this.connectedNow = true
    this.reachedNow = false
    return this.agree()
  }

  disconnected(): void {
    this.connectedNow = false
    clearTimeout(this.timer)
    this.timer = undefined
  }

  /** Something went wrong, or was away for a while: what was meant is done again, soon. */
  request(): void {
    if (!this.connectedNow || this.timer) return
    this.timer = setTimeout(() => {
      this.timer = undefined
      void this.agree()
    }, PAUSE_MS)
  }

  /** Looks whether all is as remembered, without doing anything again that can be heard. */
  async look(): Promise<void> {
    if (this.reached) await this.tried({ again: false })
  }

  /** Settles when no run is under way. */
  async idle(): Promise<void> {
    await this.running
  }

  private async agree(): Promise<void> {
    if (!(await this.tried({ again: true }))) return
    this.reachedNow = true
    this.deps.dispatch()
  }

  private async tried(how: { again: boolean }): Promise<boolean> {
    const before = this.running
    let succeeded = false
    this.running = before.then(async () => {
      if (!this.connectedNow) return
      try {
        await this.deps.recovery.run(how)
        succeeded = true
      } catch (error) {
        this.deps.log.warn({ err: error }, 'could not agree with Asterisk yet')
        this.request()
      }
    })
    await this.running
    return succeeded
  }
}
