import type { Redis } from 'ioredis'
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import type { LoginLimiter } from '../../app/sessions/ports.js'
import type { Keys } from './keys.js'

/** Failed logins allowed within the window. A whole call centre may sit behind one address. */
export interface LoginLimits {
  perUser: number
  perAddress: number
  windowSeconds: number
}

export const LOGIN_LIMITS: LoginLimits = { perUser: 10, perAddress: 50, windowSeconds: 300 }

/**
 * The user's counter is taken before the password is looked at, so that a hundred tries at once are not all admitted;
 * the address's counter only grows with failures, so that many who begin work together are not taken for an attack.
 */
export function redisLoginLimiter(redis: Redis, keys: Keys, limits = LOGIN_LIMITS): LoginLimiter {
  const limiter = (keyPrefix: string, points: number): RateLimiterRedis =>
    new RateLimiterRedis({ storeClient: redis, keyPrefix, points, duration: limits.windowSeconds })
  const users = limiter(keys.triesOfUser, limits.perUser)
  const addresses = limiter(keys.triesOfAddress, limits.perAddress)

  return {
    async admit({ userId, address }) {
      const failures = await addresses.get(network(address))
      if (failures !== null && failures.consumedPoints >= limits.perAddress) return failures.msBeforeNext
      try {
        await users.consume(userId)
        return undefined
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return refusal.msBeforeNext
        throw refusal
      }
    },
    async failed({ address }) {
      await addresses.penalty(network(address))
    },
    async passed({ userId }) {
      await users.delete(userId)
    },
  }
}

/** An IPv6 customer owns a whole /64, so that is what counts as his address. */
export function network(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
  if (!plain.includes(':')) return plain
  const [head = '', tail = ''] = plain.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === '' ? [] : tail.split(':')
  const zeros = plain.includes('::')
    ? Array<string>(Math.max(8 - left.length - right.length, 0)).fill('0')
    : []
  return [...left, ...zeros, ...right].slice(0, 4).join(':')
}
