import type { ClientContext, Redis, Result } from 'ioredis'
import type { Alarms } from '../../app/ports.js'
import type { Keys } from './keys.js'
import { readScript } from './read-script.js'

declare module 'ioredis' {
  interface RedisCommander<Context extends ClientContext> {
    takeDue(alarms: string, now: number, most: number, againAt: number): Result<string[], Context>
    alarmDone(alarms: string, name: string, againAt: string): Result<0 | 1, Context>
  }
}

/** More than this at once are taken in the next round. */
const MOST_AT_ONCE = 100
/** An alarm whose taker died comes again after this, ms. */
const AGAIN_MS = 30_000

/** Alarms as absolute times in a sorted set: they survive the process that set them. */
export function redisAlarms(redis: Redis, keys: Keys): Alarms {
  redis.defineCommand('takeDue', { numberOfKeys: 1, lua: readScript('take-due') })
  redis.defineCommand('alarmDone', { numberOfKeys: 1, lua: readScript('alarm-done') })
  return {
    async set(key, at) {
      await redis.zadd(keys.alarms, at, key)
    },
    async clear(key) {
      await redis.zrem(keys.alarms, key)
    },
    async takeDue(now) {
      const againAt = now + AGAIN_MS
      const names = await redis.takeDue(keys.alarms, now, MOST_AT_ONCE, againAt)
      return names.map((key) => ({ key, againAt }))
    },
    async done({ key, againAt }) {
      await redis.alarmDone(keys.alarms, key, String(againAt))
    },
  }
}
