import type { UserId } from '@tsunagu/contract'
import type { CallLimits } from '../domain/call/call.js'
import { Agreement } from './calls/agreement.js'
import { CallVoices } from './calls/call-voices.js'
import { Calls } from './calls/calls.js'
import { Dispatcher } from './calls/dispatcher.js'
import { Engine } from './calls/engine.js'
import { Recovery } from './calls/recovery.js'
import { Mailboxes } from './mailboxes.js'
import { Dialler } from './operators/dialler.js'
import { Destinations } from './operators/destinations.js'
import { Desk } from './operators/desk.js'
import { extensionOf } from './operators/extensions.js'
import { Operators } from './operators/operators.js'
import { Presence } from './operators/presence.js'
import { Screens } from './operators/screens.js'
import type {
  Clock,
  DialBudget,
  Directory,
  HistoryLog,
  Ids,
  LiveCalls,
  LiveLines,
  LiveOperators,
  Log,
  Publisher,
  QualityLog,
  SessionStore,
  Telephony,
} from './ports.js'
import type { Changes } from './monitor/ports.js'
import type { Records } from './records/ports.js'

export interface CoreDeps {
  telephony: Telephony
  liveCalls: LiveCalls
  liveOperators: LiveOperators
  lines: LiveLines
  sessions: SessionStore
  directory: Directory
  history: HistoryLog
  quality: QualityLog
  records: Records
  /** Hears of everything that is saved. */
  changes: Changes
  publisher: Publisher
  limits: CallLimits
  budget: DialBudget
  clock: Clock
  ids: Ids
  log: Log
}

/** The use cases, wired: what adapters call, with what adapters give. */
export interface Core {
  desk: Desk
  engine: Engine
  recovery: Recovery
  agreement: Agreement
  calls: Calls
  operators: Operators
  /** Settles when nothing is under way, for a graceful stop. */
  idle(): Promise<void>
}

export function createCore(deps: CoreDeps): Core {
  const { clock, log, liveCalls, liveOperators } = deps
  const mailboxes = new Mailboxes()
  const screens = new Screens({ ...deps, calls: liveCalls, operators: liveOperators })
  // Calls and operators move each other, and these two come back to both; they are made last and asked through this.
  const dispatch = (): void => dispatcher.request()
  const onFault = (): void => agreement.request()

  const operators = new Operators({
    live: liveOperators,
    log,
    records: deps.records,
    changes: deps.changes,
    dispatch,
    publish: (id) => screens.publish(id),
  })
  const { tell, publish, ringBack, publishParks, noteConsult } = new CallVoices({
    ...deps,
    operators,
    screens,
  })
  const voices = { tell, publish, ringBack, publishParks, noteConsult }
  const phones = { extensionOf: (id: UserId) => extensionOf(deps.directory, id) }
  const calls = new Calls({ ...deps, live: liveCalls, mailboxes, dispatch, onFault, ...voices, ...phones })
  const mayDistribute = (): boolean => agreement.reached
  const dispatcher = new Dispatcher({ ...deps, operators, calls, mayDistribute })
  const presence = new Presence({ operators, calls, clock })
  const destinations = new Destinations(deps)
  const dialler = new Dialler({ ...deps, live: liveOperators, operators, calls, destinations })
  const desk = new Desk({ ...deps, live: liveOperators, operators, calls, dialler, presence, screens })
  const engine = new Engine({ ...deps, mailboxes, calls, operators, presence, onFault })
  const distributed = (): Promise<void> => dispatcher.idle()
  const recovery = new Recovery({ ...deps, calls, operators, engine, desk, dispatch, distributed })
  const agreement = new Agreement({ recovery, log, dispatch })
  const idle = async (): Promise<void> => {
    await agreement.idle()
    await mailboxes.idle()
    await dispatcher.idle()
  }
  return { desk, engine, recovery, agreement, calls, operators, idle }
}
