import type { Redis } from 'ioredis'
import type { CrossingStore } from '../../app/thresholds/ports.js'
import type { Crossing } from '../../domain/thresholds/crossings.js'
import type { Keys } from './keys.js'

/** All of them in one string: there are few, and they are read only at the start. */
export function redisCrossings(redis: Redis, keys: Keys): CrossingStore {
  return {
    async load() {
      const all = await redis.get(keys.crossings)
      return all === null ? [] : (JSON.parse(all) as Crossing[])
    },
    async keep(open, over) {
      const step = redis.multi().set(keys.crossings, JSON.stringify(open))
      for (const span of over) step.xadd(keys.outbox, '*', 'd', JSON.stringify(span))
      await step.exec()
    },
  }
}
