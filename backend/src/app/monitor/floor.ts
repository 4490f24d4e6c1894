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

  /** `watcher` hears of every change after it is in here. */
  watch(watcher: Changes): void {
    this.watchers.push(watcher)
  }

  async load(live: { operators: LiveOperators; calls: LiveCalls }): Promise<void> {
    const [operators, calls] = [await live.operators.list(), await live.calls.list()]
    const gone = [...this.people.keys()].filter((id) => !operators.some((one) => one.id === id))
    for (const id of gone) this.operatorLeft(id)
    for (const call of calls) this.call(call)
    for (const operator of operators) this.operator(operator)
  }

  operator(operator: Operator): void {
    this.people.set(operator.id, operator)
    for (const watcher of this.watchers) watcher.operator(operator)
  }

  operatorLeft(id: UserId): void {
    this.people.delete(id)
    for (const watcher of this.watchers) watcher.operatorLeft(id)
  }

  call(call: Call): void {
    if (call.status === 'ended') this.calls.delete(call.id)
    else this.calls.set(call.id, call)
    for (const watcher of this.watchers) watcher.call(call)
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
}
