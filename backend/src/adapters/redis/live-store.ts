import { queueId, type CallId, type QueueId, type UserId } from '@tsunagu/contract'
import type { ClientContext, Redis, Result } from 'ioredis'
import type { LiveCalls, LiveLines, LiveOperators, Saved, Versioned } from '../../app/ports.js'
import type { Call, CallLimits } from '../../domain/call/call.js'
import { nextDeadline as callDeadline } from '../../domain/call/deadline.js'
import { isAvailable, type Operator } from '../../domain/operator/operator.js'
import { nextDeadline as operatorDeadline } from '../../domain/operator/step.js'
import { placeInLine } from '../../domain/queue/next-match.js'
import type { ClosedSpan } from '../../domain/records/span.js'
import type { Keys } from './keys.js'
import { readScript } from './read-script.js'

declare module 'ioredis' {
  interface RedisCommander<Context extends ClientContext> {
    saveCall(...keysAndArgs: (string | number)[]): Result<0 | 1 | 2, Context>
    saveOperator(keyCount: number, ...keysAndArgs: (string | number)[]): Result<0 | 1, Context>
  }
}

/** Calls and operators as they are now. A record is written only if it is still the one that was read. */
export class LiveStore implements LiveLines {
  readonly calls: LiveCalls
  readonly operators: LiveOperators

  constructor(
    private readonly redis: Redis,
    private readonly keys: Keys,
    private readonly limits: CallLimits,
  ) {
    redis.defineCommand('saveCall', { numberOfKeys: 6, lua: readScript('save-call') })
    redis.defineCommand('saveOperator', { lua: readScript('save-operator') })
    this.calls = {
      load: (id) => this.load<Call>(keys.call(id)),
      save: (call, version, over = []) => this.saveCall(call, version, over),
      list: () => this.list<Call>(keys.calls, (id) => keys.call(id)),
      remove: (id) => this.removeCall(id),
      nextEntry: () => redis.incr(keys.entries),
      slots: () => this.slots(),
    }
    this.operators = {
      load: (id) => this.load<Operator>(keys.operator(id)),
      save: (operator, version, over = []) => this.saveOperator(operator, version, over),
      list: () => this.list<Operator>(keys.operators, (id) => keys.operator(id)),
      remove: (id, over = []) => this.removeOperator(id, over),
    }
  }

  async heads(queues: QueueId[]): ReturnType<LiveLines['heads']> {
    const pipeline = this.redis.pipeline()
    for (const id of queues) {
      pipeline.zrange(this.keys.waiting(id), 0, '0', 'WITHSCORES')
      pipeline.zrange(this.keys.ready(id), 0, '0', 'WITHSCORES')
    }
    const replies = ((await pipeline.exec()) ?? []).map(([error, reply]) => {
      if (error) throw error
      return firstMember(reply)
    })
    return queues.map((queueId, i) => {
      const waiting = replies[2 * i]
      const ready = replies[2 * i + 1]
      return {
        queueId,
        ...(waiting ? { waiting: { callId: waiting.member as CallId, score: waiting.score } } : {}),
        ...(ready ? { ready: { operatorId: ready.member as UserId, since: ready.score } } : {}),
      }
    })
  }

  private async slots(): Promise<Map<number, CallId>> {
    const held = await this.redis.hgetall(this.keys.slots)
    return new Map(Object.entries(held).map(([slot, id]) => [Number(slot), id as CallId]))
  }

  private async load<T>(key: string): Promise<Versioned<T> | undefined> {
    const [version, data] = await this.redis.hmget(key, 'v', 'd')
    if (!version || !data) return undefined
    return { value: JSON.parse(data) as T, version: Number(version) }
  }

  private async list<T>(index: string, keyOf: (id: string) => string): Promise<T[]> {
    const ids = await this.redis.smembers(index)
    const records = await Promise.all(ids.map((id) => this.load<T>(keyOf(id))))
    return records.flatMap((record) => (record ? [record.value] : []))
  }

  private async saveCall(call: Call, version: number, over: ClosedSpan[]): Promise<Saved | 'slot-taken'> {
    const { keys } = this
    const written = await this.redis.saveCall(
      keys.call(call.id),
      keys.calls,
      keys.alarms,
      keys.waiting(queueOf(call)),
      keys.slots,
      keys.outbox,
      version,
      JSON.stringify(call),
      call.id,
      callAlarm(call.id),
      callDeadline(call, this.limits) ?? '',
      call.status === 'waiting' ? placeInLine(call) : '',
      call.status === 'parked' ? call.slot : '',
      ...over.map((span) => JSON.stringify(span)),
    )
    return written === 2 ? 'slot-taken' : written === 1
  }

  private async saveOperator(operator: Operator, version: number, over: ClosedSpan[]): Promise<Saved> {
    const { keys } = this
    const lines = operator.queues.map((id) => keys.ready(id))
    const written = await this.redis.saveOperator(
      4 + lines.length,
      keys.operator(operator.id),
      keys.operators,
      keys.alarms,
      keys.outbox,
      ...lines,
      version,
      JSON.stringify(operator),
      operator.id,
      operatorAlarm(operator.id),
      operatorDeadline(operator) ?? '',
      isAvailable(operator) ? operator.idleSince : '',
      ...over.map((span) => JSON.stringify(span)),
    )
    return written === 1
  }

  private async removeCall(id: CallId): Promise<void> {
    await this.redis.multi().del(this.keys.call(id)).srem(this.keys.calls, id).exec()
  }

  private async removeOperator(id: UserId, over: ClosedSpan[]): Promise<void> {
    const { keys } = this
    const known = await this.load<Operator>(keys.operator(id))
    const pipeline = this.redis.multi().del(keys.operator(id)).srem(keys.operators, id)
    pipeline.zrem(keys.alarms, operatorAlarm(id))
    for (const queue of known?.value.queues ?? []) pipeline.zrem(keys.ready(queue), id)
    for (const span of over) pipeline.xadd(keys.outbox, '*', 'd', JSON.stringify(span))
    await pipeline.exec()
  }
}

/** Calls between extensions wait in no queue; their script needs the name of one all the same. */
const queueOf = (call: Call): QueueId =>
  (call.status === 'internal' ? undefined : call.queueId) ?? queueId('none')

export const callAlarm = (id: CallId): string => `call:${id}`
export const operatorAlarm = (id: UserId): string => `operator:${id}`

/** ZRANGE WITHSCORES answers flat pairs on RESP2 and nested ones on RESP3. */
function firstMember(reply: unknown): { member: string; score: number } | undefined {
  const flat = (reply as unknown[]).flat()
  const [member, score] = flat
  return member === undefined ? undefined : { member: String(member), score: Number(score) }
}
