import type { CallLimits } from '../domain/call/call.js'
import { CallVoices } from './calls/call-voices.js'
import { Calls } from './calls/calls.js'
import { Dispatcher } from './calls/dispatcher.js'
import { Engine } from './calls/engine.js'
import { Recovery } from './calls/recovery.js'
import { Mailboxes } from './mailboxes.js'
import { Desk } from './operators/desk.js'
import { Operators } from './operators/operators.js'
import { Presence } from './operators/presence.js'
import { Screens } from './operators/screens.js'
import type {
  Clock,
  Directory,
  LiveCalls,
  LiveLines,
  LiveOperators,
  Log,
  Publisher,
  SessionStore,
  Telephony,
} from './ports.js'

export interface CoreDeps {
  telephony: Telephony
  liveCalls: LiveCalls
  liveOperators: LiveOperators
  lines: LiveLines
  sessions: SessionStore
  directory: Directory
  publisher: Publisher
  limits: CallLimits
  clock: Clock
  log: Log
}

/** The use cases, wired: what adapters call, with what adapters give. */
export interface Core {
  desk: Desk
  engine: Engine
  recovery: Recovery
  calls: Calls
  operators: Operators
  /** Settles when nothing is under way, for a graceful stop. */
  idle(): Promise<void>
}

export function createCore(deps: CoreDeps): Core {
  const { clock, log, directory, liveCalls, liveOperators } = deps
  const mailboxes = new Mailboxes()
  const screens = new Screens({ ...deps, calls: liveCalls, operators: liveOperators })
  // Calls and operators move each other, and distribution moves both; it is made last and asked through this.
  const dispatch = (): void => dispatcher.request()

  const operators = new Operators({
    live: liveOperators,
    log,
    dispatch,
    publish: (id) => screens.publish(id),
  })
  const voices = new CallVoices({ operators, screens, directory, clock })
  const { tell, publish, ringBack, publishParks } = voices
  const calls = new Calls({
    ...deps,
    live: liveCalls,
    mailboxes,
    dispatch,
    tell,
    publish,
    ringBack,
    publishParks,
  })
  const dispatcher = new Dispatcher({ ...deps, operators, calls })
  const presence = new Presence({ operators, calls, clock })
  const desk = new Desk({ ...deps, live: liveOperators, operators, calls, presence, screens })
  const engine = new Engine({ ...deps, mailboxes, calls, operators, presence })
  const recovery = new Recovery({ ...deps, calls, operators, engine, desk, dispatch })
  const idle = async (): Promise<void> => {
    await mailboxes.idle()
    await dispatcher.idle()
  }
  return { desk, engine, recovery, calls, operators, idle }
}
