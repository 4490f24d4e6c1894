import type { UserId } from '@tsunagu/contract'
import type { CallLimits } from '../domain/call/call.js'
import { Agreement } from './calls/agreement.js'
import { CallVoices } from './calls/call-voices.js'
import { Calls } from './calls/calls.js'
import { Dispatcher } from './calls/dispatcher.js'
import { Engine } from './calls/engine.js'
import { Recovery } from './calls/recovery.js'
import { Listeners } from './listening/listeners.js'
import { ListeningEvents } from './listening/listening-events.js'
import { Listenings } from './listening/listenings.js'
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
  listenings: Listenings
  listeners: Listeners
  /** Settles when nothing is under way, for a graceful stop. */
  idle(): Promise<void>
}

/** Asked for at any time; the answer comes by itself. */
interface Requests {
  /** There may be somebody to distribute to. */
  dispatch(): void
  /** What was meant may not have been done. */
  onFault(): void
}

/** Those at the phones, with what they see and whom they listen to. */
function createPeople(deps: CoreDeps, mailboxes: Mailboxes, requests: Requests) {
  const { directory, liveCalls, liveOperators } = deps
  const listeners = new Listeners()
  const screens = new Screens({ ...deps, calls: liveCalls, operators: liveOperators, listeners })
  const publish = (id: UserId): Promise<void> => screens.publish(id)
  const show = async (ids: UserId[]): Promise<void> => {
    if (await directory.showsListeners()) for (const id of ids) await publish(id)
  }
  listeners.watch((ids) => {
    show(ids).catch((err: unknown) => deps.log.error({ err }, 'operators were not told who listens'))
  })
  const { dispatch, onFault } = requests
  const operators = new Operators({ ...deps, live: liveOperators, dispatch, publish })
  const parts = { live: liveOperators, operators, listeners, mailboxes }
  const listenings = new Listenings({ ...deps, ...parts, onFault })
  return { listeners, screens, operators, listenings }
}

export function createCore(deps: CoreDeps): Core {
  const { log, liveCalls, liveOperators } = deps
  const mailboxes = new Mailboxes()
  // Calls and operators move each other, and these two come back to both; they are made last and asked through this.
  const dispatch = (): void => dispatcher.request()
  const onFault = (): void => agreement.request()

  const people = createPeople(deps, mailboxes, { dispatch, onFault })
  const { operators, screens, listeners, listenings } = people
  const voices = new CallVoices({ ...deps, ...people })
  const { tell, publish, ringBack, publishParks, noteConsult } = voices
  const extension = (id: UserId): Promise<string> => extensionOf(deps.directory, id)
  const calls = new Calls({
    ...deps,
    ...{ live: liveCalls, mailboxes, dispatch, onFault, extensionOf: extension },
    ...{ tell, publish, ringBack, publishParks, noteConsult },
  })
  const mayDistribute = (): boolean => agreement.reached
  const dispatcher = new Dispatcher({ ...deps, operators, calls, mayDistribute })
  const presence = new Presence({ ...deps, operators, calls, listenings })
  const destinations = new Destinations(deps)
  const parts = { live: liveOperators, operators, calls, listenings }
  const dialler = new Dialler({ ...deps, ...parts, destinations })
  const desk = new Desk({ ...deps, ...parts, dialler, presence, screens })
  const listeningEvents = new ListeningEvents({ ...deps, listenings })
  const engine = new Engine({ ...deps, ...parts, mailboxes, listeningEvents, presence, onFault })
  const distributed = (): Promise<void> => dispatcher.idle()
  const recovery = new Recovery({ ...deps, ...parts, engine, desk, dispatch, distributed })
  const agreement = new Agreement({ recovery, log, dispatch })
  const idle = async (): Promise<void> => {
    await agreement.idle()
    await mailboxes.idle()
    await dispatcher.idle()
  }
  return { desk, engine, recovery, agreement, calls, operators, listenings, listeners, idle }
}
