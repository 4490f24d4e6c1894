import type { Redis } from 'ioredis'
import type { Outbox } from '../../app/records/ports.js'
import type { ClosedSpan } from '../../domain/records/span.js'
import type { Keys } from './keys.js'

/** The other end of it is in save-call.lua and save-operator.lua. */
export function redisOutbox(redis: Redis, keys: Keys): Outbox {
  return {
    async put(span) {
      await redis.xadd(keys.outbox, '*', 'd', JSON.stringify(span))
    },
    async first(most) {
      const entries = await redis.xrange(keys.outbox, '-', '+', 'COUNT', most)
      return entries.map(([id, fields]) => ({ id, span: JSON.parse(fields[1] ?? '') as ClosedSpan }))
    },
    async written(posted) {
      if (posted.length > 0) await redis.xdel(keys.outbox, ...posted.map(({ id }) => id))
    },
    size: () => redis.xlen(keys.outbox),
  }
}
