import type {
  Ack,
  AlertsView,
  CallId,
  Choice,
  ErrorCode,
  LogoutReason,
  OperatorView,
  PageId,
  ParkSlot,
  ParksView,
  QualityBody,
  UserId,
} from '@tsunagu/contract'
import type { CallEvent } from '../../domain/call/call.js'
import { callerOf } from '../../domain/call/call.js'
import { loggedIn } from '../../domain/operator/step.js'
import type { Operator } from '../../domain/operator/operator.js'
import type { Session } from '../../domain/session/session.js'
import type { Calls } from '../calls/calls.js'
import { noteCall } from '../history/note-call.js'
import type {
  Clock,
  Directory,
  HistoryLog,
  LiveCalls,
  LiveOperators,
  Log,
  QualityLog,
  Telephony,
  User,
} from '../ports.js'
import { noteQuality } from './note-quality.js'
import type { OperatorDesk } from './operator-desk.js'
import type { Operators } from './operators.js'
import type { Presence } from './presence.js'
import type { Screens } from './screens.js'

export interface DeskDeps {
  live: LiveOperators
  liveCalls: LiveCalls
  operators: Operators
  calls: Calls
  presence: Presence
  screens: Screens
  telephony: Telephony
  directory: Directory
  history: HistoryLog
  quality: QualityLog
  clock: Clock
  log: Log
}

const done: Ack = { ok: true }
const noCall = { ok: false, code: 'no-call' } as const
const notOwner = { ok: false, code: 'not-phone-owner' } as const

/** See `OperatorDesk`. */
export class Desk implements OperatorDesk {
  constructor(private readonly deps: DeskDeps) {}

  async logIn(user: User, session: Session): Promise<void> {
    const { live, clock } = this.deps
    const extension = user.extension ?? user.id
    await live.remove(user.id)
    const operator = loggedIn({
      id: user.id,
      name: user.name,
      extension,
      queues: user.queues,
      at: clock.now(),
    })
    await live.save(operator, 0)
    await this.provision(operator, session)
  }

  /** Makes the phone known to Asterisk; on a failure the lamp stays red and the next connection tries again. */
  async provision({ id, extension, name }: Operator, session: Session): Promise<void> {
    const pushed = await this.deps.telephony.provisionPhone(extension, name, session.phoneSecret)
    if (pushed.ok) return
    this.deps.log.warn(
      { operator: id, code: pushed.code, detail: pushed.detail },
      'the phone was not provisioned',
    )
  }

  async logOut(id: UserId): Promise<Ack> {
    const operator = (await this.deps.live.load(id))?.value
    if (operator?.callId) return { ok: false, code: 'in-call' }
    if (operator) await this.leave(id)
    return done
  }

  async dropOut(id: UserId, reason: LogoutReason): Promise<void> {
    const operator = (await this.deps.live.load(id))?.value
    if (!operator) return
    this.deps.log.info({ operator: id, reason, callId: operator.callId }, 'the login ended')
    await this.leave(id)
  }

  claimPhone(id: UserId, page: PageId): Promise<Ack> {
    return this.deps.presence.claim(id, page)
  }

  async releasePhone(id: UserId, page: PageId): Promise<Ack> {
    await this.deps.presence.pageGone(id, page)
    return done
  }

  pageGone(id: UserId, page: PageId): Promise<void> {
    return this.deps.presence.pageGone(id, page)
  }

  async choose(id: UserId, choice: Choice): Promise<Ack> {
    const { operators, directory, clock } = this.deps
    if (choice.kind === 'other-work' && !(await directory.works()).includes(choice.work)) {
      return { ok: false, code: 'bad-request' }
    }
    const applied = await operators.apply(id, { type: 'choose', at: clock.now(), choice })
    // 受付可 pressed while it is on changes nothing, and that is what was asked for.
    return applied.ok || applied.code === 'stale' ? done : { ok: false, code: 'not-logged-in' }
  }

  async cancelNext(id: UserId): Promise<Ack> {
    const applied = await this.deps.operators.apply(id, { type: 'cancel-next', at: this.deps.clock.now() })
    return applied.ok || applied.code === 'stale' ? done : { ok: false, code: 'not-logged-in' }
  }

  answer(id: UserId, page: PageId): Promise<Ack> {
    return this.askHis(id, page, (at) => ({ type: 'answer', at, operatorId: id }))
  }

  hangUp(id: UserId, page: PageId): Promise<Ack> {
    return this.askHis(id, page, (at) => ({ type: 'hang-up', at, operatorId: id }))
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

  async setAlert(id: UserId, on: boolean): Promise<Ack> {
    const applied = await this.deps.operators.apply(id, { type: 'alert', at: this.deps.clock.now(), on })
    if (applied.ok) await this.deps.screens.publishAlerts()
    return applied.ok || applied.code === 'stale' ? done : { ok: false, code: 'not-logged-in' }
  }

  async acknowledgeAlert(id: UserId, supervisor: string): Promise<Ack> {
    const event = { type: 'alert-acknowledged', at: this.deps.clock.now(), by: supervisor } as const
    const applied = await this.deps.operators.apply(id, event)
    if (!applied.ok) return { ok: false, code: 'stale' }
    await this.deps.screens.publishAlerts()
    return done
  }

  alerts(): Promise<AlertsView> {
    return this.deps.screens.alerts()
  }

  parks(): Promise<ParksView> {
    return this.deps.screens.parks()
  }

  async sendDtmf(id: UserId, page: PageId, digits: string): Promise<Ack> {
    const mine = await this.callOf(id, page)
    if (!mine.ok) return mine
    const call = (await this.deps.liveCalls.load(mine.callId))?.value
    if (call?.status !== 'talking') return noCall
    const sent = await this.deps.telephony.sendDtmf(callerOf(call), digits)
    if (sent.ok) return done
    return { ok: false, code: sent.code === 'gone' ? 'stale' : 'unavailable' }
  }

  noteQuality(id: UserId, page: PageId, report: QualityBody): Promise<Ack> {
    return noteQuality(this.deps, { operator: id, page, report })
  }

  async view(id: UserId): Promise<OperatorView> {
    const view = await this.deps.screens.view(id)
    if (!view) throw new Error(`operator ${id} has a session but no state`)
    return view
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

  /** Out of distribution first, so that no call comes between the look and the leaving; one he has goes back to its queue. */
  private async leave(id: UserId): Promise<void> {
    const { live, operators, calls, clock, telephony } = this.deps
    const at = clock.now()
    await operators.apply(id, { type: 'registered', at, registered: false }, { quiet: true })
    const operator = (await live.load(id))?.value
    if (!operator) return
    const call = operator.callId && (await this.deps.liveCalls.load(operator.callId))?.value
    await live.remove(id)
    if (operator.callId) await calls.handle(operator.callId, { type: 'operator-out', at, operatorId: id })
    // Nobody is there any more to be told of the call, so its end is noted here.
    if (call && 'operatorId' in call && call.operatorId === id) {
      const news = { type: 'call-missed', reason: 'phone-lost' } as const
      noteCall(this.deps.history, { operator, call, news, at })
    }
    await this.deps.screens.publishAlerts()
    await telephony.removePhone(operator.extension)
  }
}
