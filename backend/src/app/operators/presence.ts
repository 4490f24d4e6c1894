import type { Ack, PageId, UserId } from '@tsunagu/contract'
import { isReachable, type Operator } from '../../domain/operator/operator.js'
import type { Calls } from '../calls/calls.js'
import type { Listenings } from '../listening/listenings.js'
import type { Clock, Telephony } from '../ports.js'
import type { Applied, Operators } from './operators.js'

export interface PresenceDeps {
  operators: Operators
  calls: Calls
  listenings: Listenings
  telephony: Pick<Telephony, 'isRegistered'>
  clock: Clock
}

/**
 * Where an operator's phone is: which page owns it and whether it is registered. A call of his hears of it when the
 * phone could take a leg, and when page and registration are both gone, which is a browser that is no more. One of them
 * alone is a link that blinked: the sound goes on without it.
 */
export class Presence {
  constructor(private readonly deps: PresenceDeps) {}

  async claim(id: UserId, page: PageId): Promise<Ack> {
    const event = { type: 'page-claimed', at: this.deps.clock.now(), page } as const
    const applied = await this.deps.operators.apply(id, event)
    if (!applied.ok) return { ok: false, code: 'not-logged-in' }
    await this.tell(applied)
    // A page claims again as soon as its registration is taken. Asterisk tells of that only where it takes it for a change.
    if (applied.before.page === page && !applied.after.registered) await this.look(applied.after)
    return { ok: true }
  }

  private async look({ id, extension }: Operator): Promise<void> {
    const registered = await this.deps.telephony.isRegistered(extension)
    if (registered) await this.registered(id, true, this.deps.clock.now())
  }

  async pageGone(id: UserId, page: PageId): Promise<void> {
    const event = { type: 'page-gone', at: this.deps.clock.now(), page } as const
    await this.tell(await this.deps.operators.apply(id, event))
  }

  async registered(id: UserId, registered: boolean, at: number): Promise<void> {
    await this.tell(await this.deps.operators.apply(id, { type: 'registered', at, registered }))
  }

  private async tell(applied: Applied): Promise<void> {
    if (!applied.ok) return
    if (applied.after.listening) await this.tellListening(applied.after)
    else await this.tellCall(applied)
  }

  /** A listening does not wait for a phone to come back. */
  private async tellListening(operator: Operator): Promise<void> {
    const { id, page } = operator
    if (page === undefined && !isGone(operator)) return
    await this.deps.listenings.handle(id, { type: 'phone', at: this.deps.clock.now(), page })
  }

  private async tellCall(applied: Extract<Applied, { ok: true }>): Promise<void> {
    if (!applied.after.callId) return
    const { id: operatorId, callId, page } = applied.after
    const at = this.deps.clock.now()
    if (page && isReachable(applied.after)) {
      await this.deps.calls.handle(callId, { type: 'phone-ready', at, operatorId, page })
    } else if (isGone(applied.after) && !isGone(applied.before)) {
      await this.deps.calls.handle(callId, { type: 'phone-gone', at, operatorId })
    }
  }
}

const isGone = (operator: Operator): boolean => operator.page === undefined && !operator.registered
