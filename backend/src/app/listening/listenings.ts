import type { Ack, ListenMode, PageId, UserId } from '@tsunagu/contract'
import type { Call } from '../../domain/call/call.js'
import { heardOf } from '../../domain/listening/heard.js'
import {
  channelsOf,
  roomOf,
  type Heard,
  type Listening,
  type ListeningEffect,
  type ListeningEvent,
  type ListeningMove,
} from '../../domain/listening/listening.js'
import { reconcile } from '../../domain/listening/reconcile.js'
import { begin, step } from '../../domain/listening/step.js'
import type { Operator } from '../../domain/operator/operator.js'
import type { Mailboxes } from '../mailboxes.js'
import type { Operators } from '../operators/operators.js'
import type { Ids, LiveCalls, LiveOperators, TelephonyFacts } from '../ports.js'
import type { Listeners } from './listeners.js'
import { runListening, type ListeningEffectDeps } from './run-listening.js'
import { SpiedLegs } from './spied-legs.js'

export interface ListeningsDeps extends Omit<ListeningEffectDeps, 'spiedLegs'> {
  live: LiveOperators
  liveCalls: LiveCalls
  operators: Operators
  listeners: Listeners
  mailboxes: Mailboxes
  limits: { legMs: number }
  ids: Ids
}

export interface ListenWish {
  operatorId: UserId
  mode: ListenMode
}

interface Whom {
  operator: Listening['operator']
  heard: Heard
}

/** What Asterisk holds, by name. */
interface Held {
  channels: Map<string, boolean>
  members: Map<string, string[]>
}

const done: Ack = { ok: true }
const refusal = (code: Extract<Ack, { ok: false }>['code']): Ack => ({ ok: false, code })

/**
 * The one door to every listening: load, step, save in the supervisor's record, run the effects, tell; one event at a time
 * per supervisor. It follows the calls and never asks anything of them.
 */
export class Listenings {
  private readonly spiedLegs = new SpiedLegs()

  constructor(private readonly deps: ListeningsDeps) {}

  /** Begins, or switches in place: see `monitor:listen`. */
  listen(supervisor: UserId, page: PageId, { operatorId, mode }: ListenWish): Promise<Ack> {
    return this.inTurn(supervisor, async () => {
      const mine = await this.record(supervisor)
      if (!mine) return refusal('not-logged-in')
      const refused = whyNot(mine, page)
      if (refused) return refused
      const whom = await this.whom(operatorId)
      if (!whom) return refusal('no-call')
      const at = this.deps.clock.now()
      if (mine.listening) await this.apply(supervisor, { type: 'switch', at, mode, ...whom })
      // Between the look and the claim a call may have come.
      else if (!(await this.begin(mine, { ...whom, at, page, mode }))) return refusal('in-call')
      await this.lookAgain(supervisor)
      return (await this.record(supervisor))?.listening ? done : refusal('unavailable')
    })
  }

  /** `no-call` when he listens to nobody. */
  async stop(supervisor: UserId, page: PageId): Promise<Ack> {
    const mine = await this.record(supervisor)
    if (!mine?.listening) return refusal('no-call')
    if (mine.page !== undefined && mine.page !== page) return refusal('not-phone-owner')
    await this.end(supervisor)
    return done
  }

  /** Ends it if there is one: his phone is needed for a call, or he leaves. Settles when his leg is hung up. */
  async end(supervisor: UserId): Promise<void> {
    await this.handle(supervisor, { type: 'stop', at: this.deps.clock.now() })
  }

  handle(supervisor: UserId, event: ListeningEvent): Promise<void> {
    // Out of turn: somebody else's turn may wait for just this.
    if (event.type === 'spy-gone') this.spiedLegs.gone(event.channel)
    return this.inTurn(supervisor, () => this.apply(supervisor, event))
  }

  /** A call has moved on for these operators. Returns at once: no call waits for those who listen to it. */
  follow(operators: UserId[], call: Call): void {
    const at = this.deps.clock.now()
    for (const operator of operators) {
      const event = { type: 'heard', at, operator, callId: call.id, heard: heardOf(call, operator) } as const
      for (const { id } of this.deps.listeners.of(operator)) {
        this.handle(id, event).catch((err: unknown) => {
          this.deps.log.error({ err, callId: call.id, supervisor: id }, 'a listening did not follow the call')
          this.deps.onFault()
        })
      }
    }
  }

  /** Whether this channel or bridge belongs to what the supervisor does now. */
  async has(name: string, supervisor: UserId): Promise<boolean> {
    const listening = (await this.record(supervisor))?.listening
    return listening !== undefined && [...channelsOf(listening), roomOf(listening)].includes(name)
  }

  /** Makes the records and Asterisk agree, at the start and after every reconnect. */
  async recover(operators: Operator[], facts: TelephonyFacts): Promise<void> {
    const channels = new Map(facts.channels.map(({ id, up }) => [id, up]))
    this.spiedLegs.onlyThese(channels)
    const members = new Map(facts.bridges.map((bridge) => [bridge.id, bridge.channels]))
    const listening = new Set(operators.flatMap((one) => (one.listening ? [one.id] : [])))
    const lost = this.deps.listeners.all().filter((id) => !listening.has(id))
    for (const id of lost) await this.handle(id, { type: 'deadline', at: this.deps.clock.now() })
    for (const { id, name, listening } of operators) {
      if (!listening) continue
      await this.inTurn(id, async () => {
        const now = (await this.record(id))?.listening
        this.deps.listeners.note({ id, name }, now)
        if (JSON.stringify(now) === JSON.stringify(listening)) {
          await this.catchUp(id, listening, { channels, members })
        }
      })
    }
  }

  private async catchUp(id: UserId, listening: Listening, { channels, members }: Held): Promise<void> {
    const at = this.deps.clock.now()
    this.spiedLegs.found(listening, channels)
    const heard = await this.heardNow(listening)
    const bridged = members.get(roomOf(listening)) ?? []
    const todo = reconcile(listening, { channels, bridged, heard }, at)
    const mine = await this.record(id)
    if (mine) await this.carryOut(mine, listening, todo.effects)
    for (const event of todo.events) await this.apply(id, event)
    // The process may have died between taking an alarm and ringing it.
    await this.apply(id, { type: 'deadline', at })
  }

  private async record(id: UserId): Promise<Operator | undefined> {
    return (await this.deps.live.load(id))?.value
  }

  private async whom(id: UserId): Promise<Whom | undefined> {
    const operator = await this.record(id)
    if (!operator?.callId || operator.supervises) return undefined
    const heard = heardOf((await this.deps.liveCalls.load(operator.callId))?.value, id)
    const { name, extension } = operator
    return heard && { operator: { id, name, extension }, heard }
  }

  private async heardNow({ callId, operator }: Listening): Promise<Heard | undefined> {
    return heardOf((await this.deps.liveCalls.load(callId))?.value, operator.id)
  }

  /** The call may have moved on before we were known to follow it. */
  private async lookAgain(supervisor: UserId): Promise<void> {
    const listening = (await this.record(supervisor))?.listening
    if (!listening) return
    const { callId, operator } = listening
    const heard = await this.heardNow(listening)
    const at = this.deps.clock.now()
    await this.apply(supervisor, { type: 'heard', at, operator: operator.id, callId, heard })
  }

  private begin(
    mine: Operator,
    wish: Whom & { at: number; page: PageId; mode: ListenMode },
  ): Promise<boolean> {
    const id = `hear-${mine.extension}-${this.deps.ids.unique()}`
    return this.write(mine, begin({ ...wish, id }, this.deps.limits.legMs))
  }

  private async apply(supervisor: UserId, event: ListeningEvent): Promise<void> {
    const mine = await this.record(supervisor)
    // Redis may have come back without him.
    if (!mine?.listening) return this.deps.listeners.forget(supervisor)
    const result = step(mine.listening, event)
    if (!('refused' in result)) await this.write(mine, result)
  }

  /** Written before it is carried out, so that whatever a crash leaves undone is found. */
  private async write(mine: Operator, { next, effects }: ListeningMove): Promise<boolean> {
    const { operators, listeners, clock, log } = this.deps
    const listening = next ?? mine.listening
    if (!listening) return false
    const event = { type: 'listens', at: clock.now(), listening: next } as const
    if (!(await operators.apply(mine.id, event)).ok) return false
    listeners.note(mine, next)
    const { callId, mode, operator } = listening
    log.info({ supervisor: mine.id, operator: operator.id, callId, mode: next ? mode : 'over' }, 'listening')
    await this.carryOut(mine, listening, effects)
    return true
  }

  private async carryOut(
    { id, extension }: Operator,
    listening: Listening,
    effects: ListeningEffect[],
  ): Promise<void> {
    const deps = { ...this.deps, spiedLegs: this.spiedLegs }
    const events = await runListening(deps, { id, extension, listening }, effects)
    for (const event of events) await this.apply(id, event)
  }

  private inTurn<T>(supervisor: UserId, task: () => Promise<T>): Promise<T> {
    return this.deps.mailboxes.run(`listening:${supervisor}`, task)
  }
}

/** Why his phone cannot take a leg for it, if so. */
function whyNot({ callId, page: owner, registered }: Operator, page: PageId): Ack | undefined {
  if (callId !== undefined) return refusal('in-call')
  if (owner !== undefined && owner !== page) return refusal('not-phone-owner')
  return owner === undefined || !registered ? refusal('unavailable') : undefined
}
