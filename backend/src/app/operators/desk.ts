import type {
  Ack,
  Choice,
  LogoutReason,
  OperatorView,
  PageId,
  ParksView,
  QualityBody,
  UserId,
} from '@tsunagu/contract'
import { operatorsOf } from '../../domain/call/names.js'
import { loggedIn } from '../../domain/operator/step.js'
import type { Operator } from '../../domain/operator/operator.js'
import type { Session } from '../../domain/session/session.js'
import { openOf, recordLogin, recordLogout } from '../../domain/records/record-operator.js'
import type { ListenWish } from '../listening/listenings.js'
import { noteCall } from '../history/note-call.js'
import type { Changes } from '../monitor/ports.js'
import type { HistoryLog, QualityLog, User } from '../ports.js'
import type { Records } from '../records/ports.js'
import { CallDesk, type CallDeskDeps } from './call-desk.js'
import { noteQuality } from './note-quality.js'
import type { OperatorDesk } from './operator-desk.js'
import type { Presence } from './presence.js'
import type { Screens } from './screens.js'

export interface DeskDeps extends CallDeskDeps {
  presence: Presence
  screens: Screens
  history: HistoryLog
  quality: QualityLog
  records: Records
  changes: Changes
}

const done: Ack = { ok: true }

/** See `OperatorDesk`; what concerns calls is in `CallDesk`. */
export class Desk extends CallDesk implements OperatorDesk {
  constructor(protected override readonly deps: DeskDeps) {
    super(deps)
  }

  async logIn(user: User, session: Session): Promise<void> {
    const { live, clock, records, changes } = this.deps
    const extension = user.extension ?? user.id
    const at = clock.now()
    const before = (await live.load(user.id))?.value
    if (before) await this.remove(before, { at, reason: 'replaced' })
    const { id, name, queues, role } = user
    const supervises = role === 'supervisor' ? ({ supervises: true } as const) : {}
    const operator = recordLogin(loggedIn({ id, name, extension, ...supervises, queues, at }), at)
    await live.save(operator, 0)
    changes.operator(operator)
    records.noted(id, [], openOf(operator))
    await this.provision(operator, session)
  }

  private async remove(operator: Operator, { at, reason }: { at: number; reason: string }): Promise<void> {
    const over = recordLogout(operator, at, reason)
    await this.deps.live.remove(operator.id, over)
    this.deps.changes.operatorLeft(operator.id)
    this.deps.records.noted(operator.id, over, [])
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
    if (operator) await this.leave(id, 'logged-out')
    return done
  }

  async dropOut(id: UserId, reason: LogoutReason): Promise<void> {
    const operator = (await this.deps.live.load(id))?.value
    if (!operator) return
    this.deps.log.info({ operator: id, reason, callId: operator.callId }, 'the login ended')
    await this.leave(id, reason)
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

  async setAlert(id: UserId, on: boolean): Promise<Ack> {
    const applied = await this.deps.operators.apply(id, { type: 'alert', at: this.deps.clock.now(), on })
    return applied.ok || applied.code === 'stale' ? done : { ok: false, code: 'not-logged-in' }
  }

  parks(): Promise<ParksView> {
    return this.deps.screens.parks()
  }

  listen(id: UserId, page: PageId, wish: ListenWish): Promise<Ack> {
    return this.deps.listenings.listen(id, page, wish)
  }

  stopListening(id: UserId, page: PageId): Promise<Ack> {
    return this.deps.listenings.stop(id, page)
  }

  noteQuality(id: UserId, page: PageId, report: QualityBody): Promise<Ack> {
    return noteQuality(this.deps, { operator: id, page, report })
  }

  async view(id: UserId): Promise<OperatorView> {
    const view = await this.deps.screens.view(id)
    if (!view) throw new Error(`operator ${id} has a session but no state`)
    return view
  }

  /** Out of distribution first, so that no call comes between the look and the leaving; one he has goes back to its queue. */
  private async leave(id: UserId, reason: string): Promise<void> {
    const { live, operators, calls, clock, telephony } = this.deps
    const at = clock.now()
    await operators.apply(id, { type: 'registered', at, registered: false }, { quiet: true })
    // Now that none can begin.
    await this.deps.listenings.end(id)
    const operator = (await live.load(id))?.value
    if (!operator) return
    const call = operator.callId && (await this.deps.liveCalls.load(operator.callId))?.value
    await this.remove(operator, { at, reason })
    if (operator.callId) await calls.handle(operator.callId, { type: 'operator-out', at, operatorId: id })
    // Nobody is there any more to be told of the call, so its end is noted here.
    if (call && operatorsOf(call).includes(id)) {
      const news = { type: 'call-missed', reason: 'phone-lost' } as const
      noteCall(this.deps.history, { operator, call, news, at })
    }
    await telephony.removePhone(operator.extension)
  }
}
