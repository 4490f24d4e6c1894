import type { Thresholds } from '@tsunagu/contract'
import type { Redis } from 'ioredis'
import { redisCrossings } from './adapters/redis/crossings.js'
import type { Keys } from './adapters/redis/keys.js'
import type { BrowserPublisher } from './adapters/socketio/publisher.js'
import { systemClock } from './adapters/system/clock.js'
import { systemIds } from './adapters/system/ids.js'
import { startTicker } from './adapters/system/ticker.js'
import type { Core } from './app/core.js'
import { Board } from './app/monitor/board.js'
import type { Floor } from './app/monitor/floor.js'
import { Monitor } from './app/monitor/monitor.js'
import type { MonitorDesk } from './app/monitor/monitor-desk.js'
import type { Directory, LiveCalls, LiveOperators, Log } from './app/ports.js'
import { ThresholdWatch } from './app/thresholds/threshold-watch.js'
import type { Sessions } from './app/sessions/sessions.js'
import type { RecordKeeping } from './compose-records.js'

/** Figures follow what happened within this time, ms. */
const BEAT_MS = 1_000

interface Parts {
  floor: Floor
  live: { calls: LiveCalls; operators: LiveOperators }
  core: Core
  keeping: RecordKeeping
  sessions: Sessions
  directory: Directory
  publisher: BrowserPublisher
  thresholds: () => Thresholds
  redis: Redis
  keys: Keys
  log: Log
}

export interface Monitoring {
  desk: MonitorDesk
  /** What a process before this one knew. */
  begin(): Promise<void>
  /** Everything that is there, before the first page asks; and again after Redis was away. */
  load(): Promise<void>
  /** Other limits hold, or figures are computed in another way. */
  settingsChanged(): void
  start(): ReturnType<typeof startTicker>
  stop(): Promise<void>
}

/** What supervisors see and do. */
export function monitoring(parts: Parts): Monitoring {
  const { floor, live, core, keeping, sessions, log } = parts
  const watch = new ThresholdWatch({
    clock: systemClock,
    thresholds: parts.thresholds,
    store: redisCrossings(parts.redis, parts.keys),
    log,
    recorded: () => keeping.wake(),
    due: () => board.look(),
  })
  const board = new Board({
    ...parts,
    figures: keeping.figures,
    listeners: core.listeners,
    limits: watch,
    clock: systemClock,
    run: systemIds.unique(),
  })
  core.listeners.watch((operators) => board.again(operators))
  const desk = new Monitor({
    ...parts,
    board,
    operators: core.operators,
    calls: core.calls,
    listenings: core.listenings,
    liveOperators: live.operators,
    records: keeping.records,
    clock: systemClock,
    endSession: (id, reason) => sessions.endSession(id, reason),
  })
  return {
    desk,
    begin: () => watch.begin(),
    async load() {
      // What went on for them goes on for nobody.
      for (const id of await floor.load(live)) keeping.records.noted(id, [], [])
      await board.beat()
    },
    settingsChanged: () => board.settingsChanged(),
    start: () =>
      startTicker(
        BEAT_MS,
        () => board.beat(),
        (err) => log.error({ err }, 'the board missed a beat'),
      ),
    async stop() {
      await board.idle()
      await watch.stop()
    },
  }
}
