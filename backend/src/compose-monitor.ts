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
import type { Sessions } from './app/sessions/sessions.js'
import type { RecordKeeping } from './compose-records.js'

/** Limits that time alone crosses are noticed this late at the most, ms. */
const BEAT_MS = 1_000

interface Parts {
  floor: Floor
  live: { calls: LiveCalls; operators: LiveOperators }
  core: Core
  keeping: RecordKeeping
  sessions: Sessions
  directory: Directory
  publisher: BrowserPublisher
  log: Log
}

export interface Monitoring {
  desk: MonitorDesk
  /** Everything that is there, before the first page asks; and again after Redis was away. */
  load(): Promise<void>
  start(): ReturnType<typeof startTicker>
  idle(): Promise<void>
}

/** What supervisors see and do. */
export function monitoring(parts: Parts): Monitoring {
  const { floor, live, core, keeping, sessions, log } = parts
  const board = new Board({
    ...parts,
    figures: keeping.figures,
    listeners: core.listeners,
    limits: { crossings: () => [] },
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
    async load() {
      await floor.load(live)
      await board.beat()
    },
    start: () =>
      startTicker(
        BEAT_MS,
        () => board.beat(),
        (err) => log.error({ err }, 'the board missed a beat'),
      ),
    idle: () => board.idle(),
  }
}
