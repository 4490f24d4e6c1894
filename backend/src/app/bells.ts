import type { Engine } from './calls/engine.js'
import type { Alarms, Clock, DueAlarm, Log } from './ports.js'
import type { Sessions } from './sessions/sessions.js'

export interface BellsDeps {
  alarms: Alarms
  sessions: Sessions
  engine: Engine
  clock: Clock
  log: Log
}

/** Rings the alarms that are due at whom they concern. A slow one holds no other up; one that fails comes again. */
export class Bells {
  private readonly ringing = new Set<Promise<void>>()

  constructor(private readonly deps: BellsDeps) {}

  async ringDue(): Promise<void> {
    for (const alarm of await this.deps.alarms.takeDue(this.deps.clock.now())) {
      const rung = this.ring(alarm).finally(() => this.ringing.delete(rung))
      this.ringing.add(rung)
    }
  }

  async idle(): Promise<void> {
    await Promise.all(this.ringing)
  }

  private async ring(alarm: DueAlarm): Promise<void> {
    const { sessions, engine, alarms, log } = this.deps
    const { key } = alarm
    try {
      await (key.startsWith('session-') ? sessions.onAlarm(key) : engine.onAlarm(key))
      await alarms.done(alarm)
    } catch (error) {
      log.error({ err: error, alarm: key }, 'an alarm was not handled')
    }
  }
}
