import type { UserId } from '@tsunagu/contract'
import { nextMatch, type Match } from '../../domain/queue/next-match.js'
import type { Operator } from '../../domain/operator/operator.js'
import type { Operators } from '../operators/operators.js'
import type { Clock, Directory, LiveLines, Log } from '../ports.js'
import type { Calls } from './calls.js'

export interface DispatcherDeps {
  lines: LiveLines
  directory: Directory
  operators: Operators
  calls: Calls
  clock: Clock
  log: Log
  /** Not while Asterisk is away: a phone that cannot be rung then is not its operator's fault. */
  mayDistribute(): boolean
}

/** A match that fails this often in a row shows a line out of step; it is told instead of spun on. */
const MOST_FAILURES = 5
/** After a fault it looks again, ms. */
const RETRY_MS = 1_000

/**
 * Brings callers and operators together, one match at a time, until there is none. Asked for whenever a caller waits
 * or an operator may be free; asking while it works makes it look once more.
 */
export class Dispatcher {
  private working: Promise<void> | undefined
  private again = false

  constructor(private readonly deps: DispatcherDeps) {}

  request(): void {
    this.again = true
    this.working ??= this.work().finally(() => {
      this.working = undefined
      if (this.again) this.request()
    })
  }

  async idle(): Promise<void> {
    while (this.working) await this.working
  }

  private async work(): Promise<void> {
    try {
      let failures = 0
      while (this.again) {
        this.again = false
        const match = this.deps.mayDistribute() ? await this.find() : undefined
        if (!match) continue
        this.again = true
        failures = (await this.offer(match)) ? 0 : failures + 1
        if (failures >= MOST_FAILURES) throw new Error(`cannot offer ${match.callId} to ${match.operatorId}`)
      }
    } catch (error) {
      this.again = false
      this.deps.log.error({ err: error }, 'distribution failed')
      setTimeout(() => this.request(), RETRY_MS).unref()
    }
  }

  private async find(): Promise<Match | undefined> {
    const queues = await this.deps.directory.queues()
    return nextMatch(await this.deps.lines.heads(queues.map((queue) => queue.id)))
  }

  /** Takes the operator first: he can be wanted by two, a call only by this one dispatcher. */
  private async offer({ callId, operatorId, queueId }: Match): Promise<boolean> {
    const { operators, clock } = this.deps
    const at = clock.now()
    const taken = await operators.apply(operatorId, { type: 'offered', at, callId }, { quiet: true })
    if (!taken.ok) return false
    try {
      if (await this.offered(taken.after, { callId, operatorId, queueId }, at)) return true
    } catch (error) {
      await this.giveBack(operatorId, callId)
      throw error
    }
    await this.giveBack(operatorId, callId)
    return false
  }

  private async offered(
    { page }: Operator,
    { callId, operatorId, queueId }: Match,
    at: number,
  ): Promise<boolean> {
    const { calls, directory } = this.deps
    const queue = (await directory.queues()).find(({ id }) => id === queueId)
    if (!page || !queue) return false
    const { ringMs } = queue
    const offered = await calls.handle(callId, { type: 'offer', at, operatorId, page, ringMs })
    if (offered.ok) await this.unlessHeLeft(operatorId, callId)
    return offered.ok
  }

  /** His login may have ended between the two, and then nobody has told the call. */
  private async unlessHeLeft(operatorId: UserId, callId: Match['callId']): Promise<void> {
    const { operators, calls, clock } = this.deps
    if (await operators.has(callId, operatorId)) return
    await calls.handle(callId, { type: 'operator-out', at: clock.now(), operatorId })
  }

  private async giveBack(operatorId: UserId, callId: Match['callId']): Promise<void> {
    const news = { type: 'call-withdrawn' } as const
    await this.deps.operators.apply(operatorId, { type: 'news', at: this.deps.clock.now(), callId, news })
  }
}
