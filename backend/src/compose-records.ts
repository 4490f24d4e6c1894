import type { Redis } from 'ioredis'
import type { Registry } from 'prom-client'
import type { Keys } from './adapters/redis/keys.js'
import type { LiveStore } from './adapters/redis/live-store.js'
import { redisOutbox } from './adapters/redis/outbox.js'
import { outboxMetrics } from './adapters/system/call-metrics.js'
import { systemClock } from './adapters/system/clock.js'
import { systemIds } from './adapters/system/ids.js'
import { LiveFigures } from './app/metrics/live-figures.js'
import type { Log } from './app/ports.js'
import type { RecordStore, Records } from './app/records/ports.js'
import { RecordKeeper } from './app/records/record-keeper.js'
import { RecordWriter } from './app/records/record-writer.js'
import type { Settings } from './app/settings/ports.js'
import type { Config } from './config.js'
import { settingsFrom } from './domain/metrics/settings.js'

export interface RecordKeeping {
  records: Records
  figures: LiveFigures
  /** There is something in the outbox. */
  wake(): void
  /** Before the first call: what today has brought by now, and what an earlier process left to be written. */
  begin(): Promise<void>
  stop(): Promise<void>
}

interface Parts {
  redis: Redis
  keys: Keys
  live: LiveStore
  kept: { store: RecordStore; settings: Settings }
  metrics: Registry
  log: Log
}

/** What is written down of calls and people, and what is computed from it. */
export function keepRecords(parts: Parts, { timeZone }: Pick<Config, 'timeZone'>): RecordKeeping {
  const { live, log, kept } = parts
  const { store, settings } = kept
  const outbox = redisOutbox(parts.redis, parts.keys)
  outboxMetrics(parts.metrics, outbox)
  const writer = new RecordWriter({ outbox, store, log })
  const rules = settingsFrom(() => settings.figures.current().value)
  const figures = new LiveFigures({ clock: systemClock, timeZone, settings: rules })
  const records = new RecordKeeper({ outbox, writer, figures, clock: systemClock, ids: systemIds })
  return {
    records,
    figures,
    async begin() {
      await figures.load({ store, outbox, calls: live.calls, operators: live.operators })
      writer.wake()
    },
    wake: () => writer.wake(),
    stop: () => writer.stop(),
  }
}
