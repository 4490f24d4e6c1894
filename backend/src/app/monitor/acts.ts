import type { Ack, CallId, ChoiceFor, QueueId, UserId } from '@tsunagu/contract'
import type { CallEvent } from '../../domain/call/messages.js'
import type { OperatorEvent } from '../../domain/operator/operator.js'
import type { Calls } from '../calls/calls.js'
import type { Listenings } from '../listening/listenings.js'
import type { Operators } from '../operators/operators.js'
import type { Clock, Directory, LiveOperators } from '../ports.js'
import type { Act, Records } from '../records/ports.js'
import type { Supervisor } from './monitor-desk.js'

export interface ActsDeps {
  operators: Operators
  liveOperators: LiveOperators
  calls: Calls
  listenings: Pick<Listenings, 'end'>
  directory: Directory
  records: Records
  clock: Clock
}

const done: Ack = { ok: true }
const refused = (code: Exclude<Ack, { ok: true }>['code']): Ack => ({ ok: false, code })

/** What supervisors do to operators and calls. Each that took effect is in the audit log, with who, whom and when. */
export class Acts {
  constructor(private readonly deps: ActsDeps) {}

  /** On an operator's call for help: he sees who. */
  async acknowledgeAlert(by: Supervisor, operator: UserId): Promise<Ack> {
    const ack = await this.toOperator(operator, (at) => ({ type: 'alert-acknowledged', at, by: by.name }))
    return this.noted(ack, { by: by.id, act: 'acknowledge-alert', operator })
  }

  /** During a call the choice is for after it; what he is in already is no refusal. */
  async choose(by: Supervisor, operator: UserId, choice: ChoiceFor): Promise<Ack> {
    const { directory } = this.deps
    if (choice.kind === 'other-work' && !(await directory.works()).includes(choice.work)) {
      return refused('bad-request')
    }
    const ack = await this.toOperator(operator, (at) => ({ type: 'assigned', at, choice }))
    if (!ack.ok && ack.code === 'stale') return done
    const detail = choice.kind === 'other-work' ? choice.work : choice.kind
    return this.noted(ack, { by: by.id, act: 'choose-status', operator, detail })
  }

  async endWrapUp(by: Supervisor, operator: UserId): Promise<Ack> {
    const ack = await this.toOperator(operator, (at) => ({ type: 'wrap-up-ended', at }))
    return this.noted(ack, { by: by.id, act: 'end-wrap-up', operator })
  }

  /** Into another queue, with the time he has waited. */
  async move(by: Supervisor, callId: CallId, queueId: QueueId): Promise<Ack> {
    const queues = await this.deps.directory.queues()
    if (!queues.some(({ id }) => id === queueId)) return refused('bad-request')
    const ack = await this.toCall(callId, (at) => ({ type: 'move', at, queueId }))
    return this.noted(ack, { by: by.id, act: 'move-call', callId, detail: queueId })
  }

  /** Before all others of his queue. */
  async front(by: Supervisor, callId: CallId): Promise<Ack> {
    const ack = await this.toCall(callId, (at) => ({ type: 'front', at }))
    return this.noted(ack, { by: by.id, act: 'call-to-front', callId })
  }

  /** A waiting caller, to the supervisor's own phone. */
  async take(by: Supervisor, callId: CallId): Promise<Ack> {
    const ack = await this.claim(by, callId)
    return this.noted(ack, { by: by.id, act: 'take-waiting', callId })
  }

  /** An operator's call, to the supervisor's own phone. */
  async takeOver(by: Supervisor, operator: UserId): Promise<Ack> {
    const { callId, supervises } = (await this.deps.liveOperators.load(operator))?.value ?? {}
    if (!callId || supervises) return refused('no-call')
    const ack = await this.claim(by, callId, operator)
    return this.noted(ack, { by: by.id, act: 'take-over', operator, callId })
  }

  /**
   * Out of the line, or from an operator. Takes the supervisor first, then the call, as with a park slot: of two who want it,
   * the call's mailbox serves one.
   */
  private async claim({ id }: Supervisor, callId: CallId, from?: UserId): Promise<Ack> {
    const { operators, liveOperators, calls, listenings, clock } = this.deps
    const { callId: own, page } = (await liveOperators.load(id))?.value ?? {}
    if (own !== undefined) return refused('in-call')
    if (page === undefined) return refused('no-phone')
    const at = clock.now()
    const by = { at, operatorId: id, page }
    const event: CallEvent = from === undefined ? { type: 'take', ...by } : { type: 'take-over', ...by, from }
    // Before anything of his own is given up for it.
    const refusal = await calls.wouldRefuse(callId, event)
    if (refusal) return refused(refusal)
    // His phone takes one leg.
    await listenings.end(id)
    const taken = await operators.apply(id, { type: 'taking', at, callId }, { quiet: true })
    if (!taken.ok) return refused(taken.code === 'not-found' ? 'no-phone' : await this.whyNot(id))
    const handled = await calls.handle(callId, { ...event, page: taken.after.page ?? page })
    if (handled.ok) return done
    const { status } = taken.before
    await operators.apply(id, { type: 'not-taken', at: clock.now(), callId, status })
    return refused(handled.code)
  }

  /** He has a call already, or no phone that would ring. */
  private async whyNot(id: UserId): Promise<'in-call' | 'no-phone'> {
    const { callId } = (await this.deps.liveOperators.load(id))?.value ?? {}
    return callId === undefined ? 'no-phone' : 'in-call'
  }

  private async toOperator(id: UserId, event: (at: number) => OperatorEvent): Promise<Ack> {
    const applied = await this.deps.operators.apply(id, event(this.deps.clock.now()))
    return applied.ok ? done : refused(applied.code === 'not-found' ? 'stale' : applied.code)
  }

  private async toCall(id: CallId, event: (at: number) => CallEvent): Promise<Ack> {
    const handled = await this.deps.calls.handle(id, event(this.deps.clock.now()))
    return handled.ok ? done : refused(handled.code)
  }

  private async noted(ack: Ack, act: Act): Promise<Ack> {
    if (ack.ok) await this.deps.records.act(act)
    return ack
  }
}
