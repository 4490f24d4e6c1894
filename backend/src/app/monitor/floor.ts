import type { CallId, QueueId, UserId } from '@tsunagu/contract'
import type { Call } from '../../domain/call/call.js'
import type { Operator } from '../../domain/operator/operator.js'
import type { LiveCalls, LiveOperators } from '../ports.js'
import type { Changes } from './ports.js'

/**
 * Everybody and every call as they were last saved: a copy of what Redis holds, for those who look at all of it again and
 * again. Only this process writes there (the lease), so the copy follows every change; at the start, and when Redis
 * was away, it is read anew.
 */
export class Floor implements Changes {
  private people = new Map<UserId, Operator>()
  private calls = new Map<CallId, Call>()
  private readonly watchers: Changes[] = []
  /** What was saved since each reading that is under way began: of that the reading may be older. */
  private readonly reading = new Set<Set<UserId | CallId>>()

  /** `watcher` hears of every change after it is in here. */
  watch(watcher: Changes): void {
    this.watchers.push(watcher)
  }

  /** Returns whom and what Redis does not know any more, and nobody has seen leave. */
  async load(live: { operators: LiveOperators; calls: LiveCalls }): Promise<(UserId | CallId)[]> {
    const moved = new Set<UserId | CallId>()
    this.reading.add(moved)
    try {
      return this.take(await live.operators.list(), await live.calls.list(), moved)
    } finally {
      this.reading.delete(moved)
    }
  }

  operator(operator: Operator): void {
    this.touch(operator.id)
    this.people.set(operator.id, operator)
    for (const watcher of this.watchers) watcher.operator(operator)
  }

  operatorLeft(id: UserId): void {
    this.touch(id)
    this.people.delete(id)
    for (const watcher of this.watchers) watcher.operatorLeft(id)
  }

  call(call: Call): void {
    this.touch(call.id)
    if (call.status === 'ended') this.calls.delete(call.id)
    else this.calls.set(call.id, call)
    for (const watcher of this.watchers) watcher.call(call)
  }

  callLost(id: CallId): void {
    this.touch(id)
    this.calls.delete(id)
    for (const watcher of this.watchers) watcher.callLost(id)
  }

  operatorWith(id: UserId): Operator | undefined {
    return this.people.get(id)
  }

  callWith(id: CallId): Call | undefined {
    return this.calls.get(id)
  }

  operators(): Operator[] {
    return [...this.people.values()]
  }

  /** Everybody logged in who takes this queue's calls. */
  staffOf(queue: QueueId): Operator[] {
    return this.operators().filter(({ queues }) => queues.includes(queue))
  }

  openCalls(): Call[] {
    return [...this.calls.values()]
  }

  private take(
    operators: Operator[],
    calls: Call[],
    moved: ReadonlySet<UserId | CallId>,
  ): (UserId | CallId)[] {
    const there = new Set<UserId | CallId>([
      ...moved,
      ...operators.map(({ id }) => id),
      ...calls.map(({ id }) => id),
    ])
    const left = [...this.people.keys()].filter((id) => !there.has(id))
    const lost = [...this.calls.keys()].filter((id) => !there.has(id))
    for (const id of left) this.operatorLeft(id)
    for (const id of lost) this.callLost(id)
    for (const call of calls) if (!moved.has(call.id)) this.call(call)
    for (const operator of operators) if (!moved.has(operator.id)) this.operator(operator)
    return [...left, ...lost]
  }

  private touch(id: UserId | CallId): void {
    for (const moved of this.reading) moved.add(id)
  }
}
