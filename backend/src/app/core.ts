import type { UserId } from '@tsunagu/contract'
import type { CallEffect, CallLimits } from '../domain/call/call.js'
import type { Call } from '../domain/call/call.js'
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
  const { clock, log, directory, telephony, liveCalls, liveOperators, sessions } = deps
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
  const tell = async (effect: Extract<CallEffect, { do: 'tell-operator' }>, call: Call): Promise<void> => {
    const wrapUpMs = (await directory.queues()).find(({ id }) => id === call.queueId)?.wrapUpMs
    const limit = wrapUpMs === undefined ? {} : { wrapUpMs }
    const event = { type: 'news', at: clock.now(), callId: call.id, news: effect.news, ...limit } as const
    await operators.apply(effect.operatorId, event)
  }
  const publish = async (ids: UserId[], call: Call): Promise<void> => {
    for (const id of ids) await screens.publish(id, call)
  }
  const calls = new Calls({ ...deps, live: liveCalls, mailboxes, tell, dispatch, publish })
  const dispatcher = new Dispatcher({ ...deps, operators, calls })
  const presence = new Presence({ operators, calls, clock })
  const desk = new Desk({
    live: liveOperators,
    liveCalls,
    operators,
    calls,
    presence,
    screens,
    telephony,
    directory,
    clock,
    log,
  })
  const engine = new Engine({ mailboxes, calls, operators, presence, telephony, directory, clock, log })
  const recovery = new Recovery({
    liveCalls,
    liveOperators,
    sessions,
    calls,
    operators,
    engine,
    desk,
    telephony,
    clock,
    log,
    dispatch,
    distributed: () => dispatcher.idle(),
  })
  const idle = async (): Promise<void> => {
    await mailboxes.idle()
    await dispatcher.idle()
  }
  return { desk, engine, recovery, calls, operators, idle }
}
