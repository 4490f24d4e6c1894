import { callId, normaliseNumber, type Ack, type CallId, type PageId, type UserId } from '@tsunagu/contract'
import type { CallLimits } from '../../domain/call/call.js'
import type { TargetOrder } from '../../domain/call/transfer/consult.js'
import { operatorsOf } from '../../domain/call/names.js'
import { dialExtension } from '../../domain/call/internal/internal.js'
import { dialOut } from '../../domain/call/when-dialling.js'
import type { Operator } from '../../domain/operator/operator.js'
import type { Calls } from '../calls/calls.js'
import type { Listenings } from '../listening/listenings.js'
import type { Clock, Directory, Ids, LiveCalls, LiveOperators } from '../ports.js'
import { ownerAt } from './extensions.js'
import type { Destination, Destinations, NoDestination } from './destinations.js'
import type { Operators } from './operators.js'

export interface DiallerDeps {
  live: LiveOperators
  liveCalls: LiveCalls
  operators: Operators
  calls: Calls
  listenings: Listenings
  destinations: Destinations
  directory: Directory
  limits: CallLimits
  clock: Clock
  ids: Ids
}

const done: Ack = { ok: true }
const wrongState = { ok: false, code: 'wrong-state' } as const

type Outside = Extract<Destination, { kind: 'outside' }>
type Extension = Extract<Destination, { kind: 'extension' }>

/** 「通話」 and 「転送」: a number becomes a call, or the target of the held one. Everybody who gets a leg is claimed first. */
export class Dialler {
  constructor(private readonly deps: DiallerDeps) {}

  async dial(id: UserId, page: PageId, text: string): Promise<Ack> {
    const operator = (await this.deps.live.load(id))?.value
    if (!operator) return { ok: false, code: 'not-logged-in' }
    if (operator.page !== undefined && operator.page !== page) return { ok: false, code: 'not-phone-owner' }
    const typed = normaliseNumber(text)
    if ('refused' in typed || typed.number === '') return { ok: false, code: 'bad-request' }
    if (!(await this.mayDial(operator))) return wrongState
    const to = await this.deps.destinations.find(operator, typed.number)
    if ('refused' in to) return { ok: false, code: to.refused }
    return operator.callId === undefined
      ? this.begin(operator, to)
      : this.consult(operator, operator.callId, to)
  }

  /** With no call, or with one on hold that is to be transferred. */
  private async mayDial({ callId: held }: Operator): Promise<boolean> {
    return held === undefined || (await this.deps.liveCalls.load(held))?.value.status === 'held'
  }

  private async begin(operator: Operator, to: Destination): Promise<Ack> {
    if (to.kind === 'queue') return { ok: false, code: 'transfer-only' }
    const id = callId(`out-${this.deps.ids.unique()}`)
    const at = this.deps.clock.now()
    await this.deps.listenings.end(operator.id)
    const { number, kind } = to
    const what = { direction: 'out', internal: kind === 'extension', number } as const
    const event = { type: 'dialling', at, callId: id, with: what } as const
    const taken = await this.deps.operators.apply(operator.id, event, { quiet: true })
    if (!taken.ok) return wrongState
    return this.orBack(taken.before, id, () =>
      to.kind === 'extension' ? this.ring(taken.after, to, id) : this.callOut(taken.after, to, id),
    )
  }

  private async ring(operator: Operator, { number }: Extension, id: CallId): Promise<Ack> {
    const to = await ownerAt(this.deps.directory, number)
    const other = await this.claim(to, operator, id)
    if ('refused' in other) return { ok: false, code: other.refused }
    return this.orBack(other.before, id, async () => {
      const from = { operatorId: operator.id, page: pageOf(operator) }
      const at = this.deps.clock.now()
      const order = { id, at, from, to: { operatorId: to, page: other.page } }
      await this.deps.calls.open(dialExtension(order, this.deps.limits))
      return done
    })
  }

  private async callOut(operator: Operator, { number, presented }: Outside, id: CallId): Promise<Ack> {
    const { calls, liveCalls, directory, limits, clock } = this.deps
    const queueId = operator.queues[0] ?? (await directory.queues())[0]?.id
    // Where its party would go if the operator vanished: a site without any queue takes no calls at all.
    if (queueId === undefined) return { ok: false, code: 'unavailable' }
    const shown = presented === undefined ? {} : { presented }
    const who = { id, operatorId: operator.id, page: pageOf(operator), number, ...shown, queueId }
    const entry = await liveCalls.nextEntry()
    await calls.open(dialOut({ ...who, entry, at: clock.now() }, limits))
    return done
  }

  private async consult(operator: Operator, id: CallId, to: Destination): Promise<Ack> {
    if (to.kind !== 'extension') return this.ask(operator, id, to)
    const target = await ownerAt(this.deps.directory, to.number)
    const claimed = await this.claim(target, operator, id)
    if ('refused' in claimed) return { ok: false, code: claimed.refused }
    const { page, before } = claimed
    const order = { kind: 'operator', operatorId: target, number: to.number, page } as const
    return this.orBack(before, id, () => this.ask(operator, id, order))
  }

  private async ask(operator: Operator, id: CallId, target: TargetOrder): Promise<Ack> {
    const event = { type: 'consult', at: this.deps.clock.now(), operatorId: operator.id, target } as const
    const handled = await this.deps.calls.handle(id, event)
    return handled.ok ? done : { ok: false, code: handled.code }
  }

  /** The colleague is to ring; `before` is what he was. */
  private async claim(
    id: UserId,
    by: Operator,
    call: CallId,
  ): Promise<{ before: Operator; page: PageId } | NoDestination> {
    const at = this.deps.clock.now()
    const event = { type: 'called', at, callId: call, number: by.extension } as const
    const claimed = await this.deps.operators.apply(id, event, { quiet: true })
    if (claimed.ok) return { before: claimed.before, page: pageOf(claimed.after) }
    if (claimed.code === 'not-found') return { refused: 'party-away' }
    const other = (await this.deps.live.load(id))?.value
    const busy = other?.callId !== undefined || other?.listening !== undefined
    return { refused: busy ? 'party-busy' : 'party-away' }
  }

  /** Who was claimed for a call that did not come about is as he was before. One that a fault hit on its way has him. */
  private async orBack({ id, status }: Operator, call: CallId, attempt: () => Promise<Ack>): Promise<Ack> {
    let succeeded = false
    try {
      const ack = await attempt()
      succeeded = ack.ok
      return ack
    } finally {
      if (!succeeded && !(await this.isAt(call, id))) {
        const event = { type: 'not-taken', at: this.deps.clock.now(), callId: call, status } as const
        await this.deps.operators.apply(id, event)
      }
    }
  }

  private async isAt(call: CallId, id: UserId): Promise<boolean> {
    const begun = (await this.deps.liveCalls.load(call))?.value
    return begun !== undefined && operatorsOf(begun).includes(id)
  }
}

/** Who could be claimed has a page: `isReachable`. */
function pageOf({ id, page }: Operator): PageId {
  if (page === undefined) throw new Error(`operator ${id} was claimed without a page`)
  return page
}
