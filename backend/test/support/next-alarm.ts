import type { Redis } from 'ioredis'
import type { Keys } from '../../src/adapters/redis/keys.js'

/** When the earliest alarm is due; `undefined`: none is set. */
export async function nextAlarm(redis: Redis, keys: Keys): Promise<number | undefined> {
  const [, score] = await redis.zrange(keys.alarms, 0, '0', 'WITHSCORES')
  return score === undefined ? undefined : Number(score)
}
