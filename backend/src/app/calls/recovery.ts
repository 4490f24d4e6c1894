import type { CallId, UserId } from '@tsunagu/contract'
import type { Call } from '../../domain/call/call.js'
import { bridgeOf, operatorsOf, ownerOf, type Owner } from '../../domain/call/names.js'
import { reconcile, type Reconciliation } from '../../domain/call/reconcile.js'
import type { Operator } from '../../domain/operator/operator.js'
import { visitWith } from '../../domain/records/record-call.js'
import type { Desk } from '../operators/desk.js'
import type { Listenings } from '../listening/listenings.js'
import { ownerAt } from '../operators/extensions.js'
import type { Operators } from '../operators/operators.js'
import type {
  ChannelFact,
  Clock,
  Directory,
  LiveCalls,
  LiveOperators,
  Log,
  SessionStore,
  Telephony,
  TelephonyFacts,
} from '../ports.js'
import type { Calls } from './calls.js'
import type { Engine } from './engine.js'

export interface RecoveryDeps {
  liveCalls: LiveCalls
  liveOperators: LiveOperators
  sessions: SessionStore
  directory: Pick<Directory, 'userAt'>
  listenings: Listenings
  calls: Calls
  operators: Operators
  engine: Engine
  desk: Desk
  telephony: Telephony
  clock: Clock
  log: Log
  dispatch(): void
  /** Settles when distribution has nothing under way. */
  distributed(): Promise<void>
}

/**
 * Makes memory and Asterisk agree, on start and after every reconnect: calls that ended meanwhile end, calls that go on
 * go on, callers who came meanwhile enter, what nobody owns is removed.
 */
export class Recovery {
  constructor(private readonly deps: RecoveryDeps) {}

  /** `again`: what was meant is carried out once more, as after an outage; else only what is missing is noticed. */
  async run({ again } = { again: true }): Promise<void> {
    // Calls before facts: what comes in between is unknown to the list, and then nothing is concluded from its absence.
    const calls = await this.deps.liveCalls.list()
    const operators = await this.deps.liveOperators.list()
    const facts = await this.deps.telephony.facts()
    await this.recoverCalls(calls, facts, again)
    await this.removeOrphans(calls, facts)
    await this.recoverOperators(facts)
    await this.deps.listenings.recover(operators, facts)
    if (again) await this.provisionPhones()
    const { channels, bridges } = facts
    const counts = { calls: calls.length, channels: channels.length, bridges: bridges.length }
    if (again) this.deps.log.info(counts, 'agreed with Asterisk')
    this.deps.dispatch()
  }

  /** The server has just started: which pages are still there, they must say anew. */
  async forgetPages(): Promise<void> {
    const at = this.deps.clock.now()
    for (const { id } of await this.deps.liveOperators.list()) {
      await this.deps.operators.apply(id, { type: 'pages-unknown', at }, { quiet: true })
    }
  }

  private async recoverCalls(calls: Call[], facts: TelephonyFacts, again: boolean): Promise<void> {
    const channels = new Map(facts.channels.map(({ id, up }) => [id, up]))
    const members = new Map(facts.bridges.map((bridge) => [bridge.id, bridge.channels]))
    const at = this.deps.clock.now()
    for (const call of calls) {
      const bridged = members.get(bridgeOf(call)) ?? []
      const todo = reconcile(call, { channels, bridged }, at)
      await this.deps.calls.catchUp(call, again ? todo : unheard(todo))
      // The process may have died between taking an alarm and ringing it.
      await this.deps.calls.handle(call.id, { type: 'deadline', at })
    }
  }

  /** Callers nobody knows enter their queue in the order they came; legs and bridges nobody knows are removed. */
  private async removeOrphans(calls: Call[], facts: TelephonyFacts): Promise<void> {
    const known = new Set<CallId>(calls.map(({ id }) => id))
    const strangers = facts.channels.filter(({ id }) => !known.has(id as CallId))
    for (const channel of strangers.filter(({ id }) => !ownerOf(id)).sort(byAge)) await this.enter(channel)
    for (const { id } of strangers) {
      const owner = ownerOf(id)
      if (owner && !(await this.hasChannel(id, owner))) await this.deps.telephony.hangUp(id)
    }
    for (const { id } of facts.bridges) {
      const owner = ownerOf(id)
      if (owner && !(await this.hasBridge(id, owner))) await this.deps.telephony.destroyBridge(id)
    }
  }

  private hasChannel(name: string, owner: Owner): Promise<boolean> {
    return owner.callId === undefined ? this.isListened(name, owner) : this.deps.calls.has(name, owner.callId)
  }

  private async hasBridge(name: string, owner: Owner): Promise<boolean> {
    if (owner.callId === undefined) return this.isListened(name, owner)
    return (await this.deps.liveCalls.load(owner.callId)) !== undefined
  }

  private async isListened(
    name: string,
    { listener }: Extract<Owner, { listener: string }>,
  ): Promise<boolean> {
    return this.deps.listenings.has(name, await ownerAt(this.deps.directory, listener))
  }

  private enter(channel: ChannelFact): Promise<void> {
    return this.deps.engine.onTelephony({
      type: 'caller-entered',
      at: this.deps.clock.now(),
      channel: channel.id,
      dialled: channel.dialled,
      callerNumber: channel.callerNumber,
      up: channel.up,
    })
  }

  private async recoverOperators(facts: TelephonyFacts): Promise<void> {
    const at = this.deps.clock.now()
    const operators = await this.deps.liveOperators.list()
    const seen = new Set(facts.registered)
    const differs = operators.some(({ extension, registered }) => seen.has(extension) !== registered)
    // It may have changed since the facts were taken, and have been told: the newest word counts.
    const registered = differs ? new Set((await this.deps.telephony.facts()).registered) : seen
    for (const operator of operators) {
      const is = registered.has(operator.extension)
      await this.deps.operators.apply(operator.id, { type: 'registered', at, registered: is })
      await this.deps.operators.apply(operator.id, { type: 'deadline', at })
      await this.freeOfLostCall(operator.id)
    }
  }

  /** The process died between the end of a call and telling its operator, or between taking him and offering him the call. */
  private async freeOfLostCall(id: UserId): Promise<void> {
    const lost = (await this.withLostCall(id))?.callId
    if (!lost) return
    const at = this.deps.clock.now()
    // Or it is under way this very moment: then it is told, or offered, after these two.
    await this.deps.distributed()
    await this.deps.calls.handle(lost, { type: 'deadline', at })
    const operator = await this.withLostCall(id)
    if (operator?.callId !== lost) return
    const type = hadTalked(operator) ? 'call-ended' : 'call-withdrawn'
    const visit = visitWith(id, (await this.deps.liveCalls.load(lost))?.value)
    const about = visit ? { visit } : {}
    await this.deps.operators.apply(id, { type: 'news', at, callId: lost, news: { type }, ...about })
  }

  /** The operator, if he believes that he has a call which is not his. */
  private async withLostCall(id: UserId): Promise<Operator | undefined> {
    const operator = (await this.deps.liveOperators.load(id))?.value
    if (!operator?.callId) return undefined
    const call = (await this.deps.liveCalls.load(operator.callId))?.value
    return call && operatorsOf(call).includes(id) ? undefined : operator
  }

  /** A new Asterisk knows no phones; pushing what it knows already changes nothing. */
  private async provisionPhones(): Promise<void> {
    for (const session of await this.deps.sessions.list()) {
      const operator = (await this.deps.liveOperators.load(session.userId))?.value
      if (operator) await this.deps.desk.provision(operator, session)
    }
  }
}

/** As far as his record tells: the call itself is gone. */
const hadTalked = ({ callAnsweredAt, status }: Operator): boolean =>
  callAnsweredAt !== undefined || status.kind === 'talking' || status.kind === 'held'

/**
 * Without what a caller would hear begin anew: his music, his ringing. And nobody is dialled twice: that his channel is
 * there, Asterisk tells in this very moment.
 */
function unheard(todo: Reconciliation): Reconciliation {
  const heard = new Set(['start-music', 'ring-caller', 'start-ringing'])
  return {
    events: todo.events.filter(({ type }) => type !== 'party-ready'),
    effects: todo.effects.filter((effect) => !heard.has(effect.do)),
  }
}

const byAge = (a: ChannelFact, b: ChannelFact): number => a.createdAt - b.createdAt
