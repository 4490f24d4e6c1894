import type { Ack, UserId } from '@tsunagu/contract'
import type { Operator } from '../../domain/operator/operator.js'
import type { Operators } from '../operators/operators.js'
import type { Clock, LiveOperators, Log } from '../ports.js'
import type { Records } from '../records/ports.js'
import type { Supervisor } from './monitor-desk.js'
import type { Changes } from './ports.js'

export interface LeavingDeps {
  operators: Operators
  liveOperators: LiveOperators
  records: Records
  clock: Clock
  log: Log
  /** Ends the user's session whatever he is doing; `false`: he had none. */
  endSession(id: UserId, reason: 'forced'): Promise<boolean>
}

/** 「強制ログアウト」: at once, or as soon as the call that the operator has is over. */
export class Leaving implements Changes {
  /** Whose login is being ended. To end it saves him again: a second end could hit the login that follows. */
  private readonly ending = new Set<UserId>()

  constructor(private readonly deps: LeavingDeps) {}

  async logOut(by: Supervisor, operator: UserId, when: 'now' | 'after-call'): Promise<Ack> {
    const { operators, liveOperators, records, clock } = this.deps
    const whom = (await liveOperators.load(operator))?.value
    // Only those who have a row on the board: no supervisor ends the login of another, nor an administrator's.
    if (!whom || whom.supervises) return { ok: false, code: 'stale' }
    const { callId } = whom
    const about = { operator, ...(callId === undefined ? {} : { callId }) }
    if (when === 'after-call' && callId !== undefined) {
      const marked = await operators.apply(operator, { type: 'leaves-after-call', at: clock.now() })
      if (!marked.ok) return { ok: false, code: 'stale' }
      await records.act({ by: by.id, act: 'log-out-after-call', ...about })
      return { ok: true }
    }
    if (!(await this.deps.endSession(operator, 'forced'))) return { ok: false, code: 'stale' }
    await records.act({ by: by.id, act: 'log-out', ...about })
    return { ok: true }
  }

  /** Also at the start, when the process died in between. */
  operator({ id, leavesAfterCall, callId }: Operator): void {
    if (!leavesAfterCall || callId !== undefined || this.ending.has(id)) return
    this.ending.add(id)
    this.deps
      .endSession(id, 'forced')
      .catch((err: unknown) => {
        this.deps.log.error({ err, operator: id }, 'the login was not ended after the call')
      })
      .finally(() => this.ending.delete(id))
  }

  operatorLeft(): void {
    // Whoever has left needs no sending.
  }

  call(): void {
    // What a call does to its operator, his own state says.
  }

  callLost(): void {
    // So it is when there is no call any more.
  }
}
