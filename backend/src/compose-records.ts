import type { Redis } from 'ioredis'
import type { Registry } from 'prom-client'
import type { Keys } from './adapters/redis/keys.js'
import type { LiveStore } from './adapters/redis/live-store.js'
import { redisOutbox } from './adapters/redis/outbox.js'
import { outboxMetrics } from './adapters/system/call-metrics.js'
import { systemClock } from './adapters/system/clock.js'
import { systemIds } from './adapters/system/ids.js'
import { LiveFigures } from './app/metrics/live-figures.js'
import type { Floor } from './app/monitor/floor.js'
import type { Log } from './app/ports.js'
import type { Outbox, RecordStore, Records } from './app/records/ports.js'
import { RecordKeeper } from './app/records/record-keeper.js'
import { RecordWriter } from './app/records/record-writer.js'
import type { Settings } from './app/settings/ports.js'
import { settingsFrom } from './domain/metrics/settings.js'
import { Decisions } from './app/why/decisions.js'
import type { Config } from './config.js'
import type { SettingsOf } from './domain/metrics/ledger.js'

export interface RecordKeeping {
  records: Records
  figures: LiveFigures
  /** There is something in the outbox. */
  wake(): void
  outbox: Outbox
  rules: SettingsOf
  /** Before the first call: what today has brought by now, and what an earlier process left to be written. */
  begin(): Promise<void>
  stop(): Promise<void>
}

interface Parts {
  redis: Redis
  keys: Keys
  live: LiveStore
  kept: { store: RecordStore; settings: Settings }
  floor: Floor
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
  const decisions = new Decisions({ floor: parts.floor, outbox, writer, log })
  const heard = [figures, decisions]
  const records = new RecordKeeper({ outbox, writer, heard, clock: systemClock, ids: systemIds })
  return {
    records,
    figures,
    outbox,
    rules,
    async begin() {
      decisions.begin(await live.calls.list())
      await figures.load({ store, outbox, calls: live.calls, operators: live.operators })
      writer.wake()
    },
    wake: () => writer.wake(),
    async stop() {
      await decisions.idle()
      await writer.stop()
    },
  }
}
