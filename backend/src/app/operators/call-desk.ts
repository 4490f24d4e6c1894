import type { Ack, CallId, ErrorCode, PageId, ParkSlot, UserId } from '@tsunagu/contract'
import type { Call } from '../../domain/call/call.js'
import type { CallEvent } from '../../domain/call/messages.js'
import { callerOf } from '../../domain/call/names.js'
import { targetChannel } from '../../domain/call/transfer/consult.js'
import type { Operator } from '../../domain/operator/operator.js'
import type { Calls } from '../calls/calls.js'
import type { Listenings } from '../listening/listenings.js'
import type { Clock, Directory, LiveCalls, LiveOperators, Log, Telephony } from '../ports.js'
import type { Dialler } from './dialler.js'
import type { Operators } from './operators.js'

export interface CallDeskDeps {
  live: LiveOperators
  liveCalls: LiveCalls
  operators: Operators
  calls: Calls
  listenings: Listenings
  dialler: Dialler
  telephony: Telephony
  directory: Directory
  clock: Clock
  log: Log
}

const done: Ack = { ok: true }
const noCall = { ok: false, code: 'no-call' } as const
const notOwner = { ok: false, code: 'not-phone-owner' } as const

/** What an operator's page may ask of his calls; see `OperatorDesk`. */
export class CallDesk {
  constructor(protected readonly deps: CallDeskDeps) {}

  answer(id: UserId, page: PageId): Promise<Ack> {
    return this.askHis(id, page, (at) => ({ type: 'answer', at, operatorId: id }))
  }

  async hangUp(id: UserId, page: PageId): Promise<Ack> {
    if ((await this.deps.live.load(id))?.value.listening) return this.deps.listenings.stop(id, page)
    return this.askHis(id, page, (at) => ({ type: 'hang-up', at, operatorId: id }))
  }

  dropTarget(id: UserId, page: PageId): Promise<Ack> {
    return this.askHis(id, page, (at) => ({ type: 'drop-target', at, operatorId: id }))
  }

  hold(id: UserId, page: PageId): Promise<Ack> {
    return this.askHis(id, page, (at) => ({ type: 'hold', at, operatorId: id }))
  }

  resume(id: UserId, page: PageId): Promise<Ack> {
    return this.askHis(id, page, (at) => ({ type: 'resume', at, operatorId: id }))
  }

  park(id: UserId, page: PageId, slot: ParkSlot): Promise<Ack> {
    return this.askHis(id, page, (at) => ({ type: 'park', at, operatorId: id, slot }))
  }

  /** Takes the operator first, then the call: of two who want it, the call's mailbox serves one. */
  async take(id: UserId, page: PageId, slot: ParkSlot): Promise<Ack> {
    const { operators, calls, liveCalls, clock } = this.deps
    const callId = (await liveCalls.slots()).get(slot)
    if (!callId) return { ok: false, code: 'slot-empty' }
    await this.deps.listenings.end(id)
    const at = clock.now()
    const taken = await operators.apply(id, { type: 'taking', at, callId }, { quiet: true })
    if (!taken.ok) return { ok: false, code: taken.code === 'not-found' ? 'not-logged-in' : 'wrong-state' }
    if (taken.after.page !== page) return this.notTaken(taken.before, callId, 'not-phone-owner')
    const handled = await calls.handle(callId, { type: 'take', at, operatorId: id, page })
    if (handled.ok) return done
    return this.notTaken(taken.before, callId, 'slot-empty')
  }

  private async notTaken({ id, status }: Operator, callId: CallId, code: ErrorCode): Promise<Ack> {
    const at = this.deps.clock.now()
    await this.deps.operators.apply(id, { type: 'not-taken', at, callId, status })
    return { ok: false, code }
  }

  dial(id: UserId, page: PageId, text: string): Promise<Ack> {
    return this.deps.dialler.dial(id, page, text)
  }

  async transfer(id: UserId, page: PageId): Promise<Ack> {
    const ringMs = await this.ringMs(id)
    return this.askHis(id, page, (at) => ({ type: 'transfer', at, operatorId: id, ringMs }))
  }

  /** As long as the operator's own queue lets its callers ring. */
  private async ringMs(id: UserId): Promise<number> {
    const queues = await this.deps.directory.queues()
    const own = (await this.deps.live.load(id))?.value.queues[0]
    return (queues.find((queue) => queue.id === own) ?? queues[0])?.ringMs ?? 0
  }

  async present(id: UserId, number: string): Promise<Ack> {
    const queues = await this.deps.directory.queues()
    if (!queues.some(({ numbers }) => numbers.includes(number))) return { ok: false, code: 'bad-request' }
    const event = { type: 'presents', at: this.deps.clock.now(), number } as const
    const applied = await this.deps.operators.apply(id, event)
    return applied.ok ? done : { ok: false, code: 'not-logged-in' }
  }

  async sendDtmf(id: UserId, page: PageId, digits: string): Promise<Ack> {
    const mine = await this.callOf(id, page)
    if (!mine.ok) return mine
    const call = (await this.deps.liveCalls.load(mine.callId))?.value
    const channel = call && channelForTones(call)
    if (channel === undefined) return noCall
    const sent = await this.deps.telephony.sendDtmf(channel, digits)
    if (sent.ok) return done
    return { ok: false, code: sent.code === 'gone' ? 'stale' : 'unavailable' }
  }

  /** The operator's call, for the page that owns his phone. */
  private async callOf(
    id: UserId,
    page: PageId,
  ): Promise<{ ok: true; callId: CallId } | typeof noCall | typeof notOwner> {
    const operator = (await this.deps.live.load(id))?.value
    if (!operator?.callId) return noCall
    // After a restart nobody owns it for a moment; then whoever asks is not in anybody's way.
    const another = operator.page !== undefined && operator.page !== page
    return another ? notOwner : { ok: true, callId: operator.callId }
  }

  /** Asks the operator's call, for the page that owns his phone. */
  private async askHis(id: UserId, page: PageId, event: (at: number) => CallEvent): Promise<Ack> {
    const mine = await this.callOf(id, page)
    return mine.ok ? this.ask(mine.callId, event) : mine
  }

  private async ask(callId: CallId, event: (at: number) => CallEvent): Promise<Ack> {
    const handled = await this.deps.calls.handle(callId, event(this.deps.clock.now()))
    return handled.ok ? done : { ok: false, code: handled.code }
  }
}

/** Who is spoken to, outside: the caller, or the target that answered. */
function channelForTones(call: Call): string | undefined {
  if (call.status === 'talking') return callerOf(call)
  if (call.status !== 'consulting' || call.target.kind !== 'outside') return undefined
  return call.target.answeredAt === undefined ? undefined : targetChannel(call.target)
}
