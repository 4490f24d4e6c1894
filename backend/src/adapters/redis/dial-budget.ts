import type { Redis } from 'ioredis'
import { RateLimiterRedis, RateLimiterRes, RateLimiterUnion } from 'rate-limiter-flexible'
import type { DialBudget, Directory } from '../../app/ports.js'
import type { Keys } from './keys.js'

const HOUR_S = 3_600
const DAY_S = 24 * HOUR_S

/** Outgoing calls of each operator, counted by the hour and by the day from the first one on. */
export async function redisDialBudget(redis: Redis, keys: Keys, directory: Directory): Promise<DialBudget> {
  const { perHour, perDay } = await directory.dialRules()
  const limiter = (keyPrefix: string, points: number, duration: number): RateLimiterRedis =>
    new RateLimiterRedis({ storeClient: redis, keyPrefix, points, duration })
  const both = new RateLimiterUnion(
    limiter(keys.dialledInHour, perHour, HOUR_S),
    limiter(keys.dialledInDay, perDay, DAY_S),
  )
  return {
    async spend(id) {
      try {
        await both.consume(id)
        return true
      } catch (refusal) {
        if (isRefusal(refusal)) return false
        throw refusal
      }
    },
  }
}

/** A union refuses with one result a limiter, by its prefix. */
function isRefusal(refusal: unknown): boolean {
  if (refusal instanceof Error || typeof refusal !== 'object' || refusal === null) return false
  return Object.values(refusal).some((part) => part instanceof RateLimiterRes)
}
