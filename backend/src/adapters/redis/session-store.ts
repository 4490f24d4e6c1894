import type { LogoutReason, UserId } from '@tsunagu/contract'
import type { ClientContext, Redis, Result } from 'ioredis'
import type { SessionStore } from '../../app/ports.js'
import { END_REASON_KEPT_MS, SESSION_LIFETIME_MS, type Session } from '../../domain/session/session.js'
import type { Keys } from './keys.js'
import { readScript } from './read-script.js'

declare module 'ioredis' {
  interface RedisCommander<Context extends ClientContext> {
    claimLogin(
      ...keysAndArgs: [login: string, session: string, all: string, hash: string, json: string, ms: number]
    ): Result<0 | 1, Context>
    endLogin(
      ...keysAndArgs: [
        ...keys: [login: string, session: string, all: string, end: string],
        ...args: [hash: string, reason: string, ms: number],
      ]
    ): Result<0 | 1, Context>
  }
}

/** Redis forgets a session a day after its alarm should have ended it properly: a net below the net. */
const KEPT_MS = SESSION_LIFETIME_MS + 24 * 60 * 60 * 1000

/** Sessions in Redis, so that they survive a restart of the server. */
export function redisSessionStore(redis: Redis, keys: Keys): SessionStore {
  redis.defineCommand('claimLogin', { numberOfKeys: 3, lua: readScript('claim-login') })
  redis.defineCommand('endLogin', { numberOfKeys: 4, lua: readScript('end-login') })

  async function find(tokenHash: string): Promise<Session | undefined> {
    const json = await redis.get(keys.session(tokenHash))
    return json === null ? undefined : (JSON.parse(json) as Session)
  }

  return {
    find,
    async claim(session) {
      const { tokenHash, userId } = session
      const json = JSON.stringify(session)
      const claimed = await redis.claimLogin(
        ...([keys.login(userId), keys.session(tokenHash), keys.sessions] as const),
        ...([tokenHash, json, KEPT_MS] as const),
      )
      return claimed === 1
    },
    async ofUser(id: UserId) {
      const tokenHash = await redis.get(keys.login(id))
      return tokenHash === null ? undefined : find(tokenHash)
    },
    async list() {
      const hashes = await redis.smembers(keys.sessions)
      const found = await Promise.all(hashes.map(find))
      const gone = hashes.filter((_, i) => found[i] === undefined)
      if (gone.length > 0) await redis.srem(keys.sessions, ...gone)
      return found.filter((session) => session !== undefined)
    },
    async touch({ tokenHash, userId }) {
      await redis
        .multi()
        .pexpire(keys.session(tokenHash), KEPT_MS)
        .pexpire(keys.login(userId), KEPT_MS)
        .exec()
    },
    async end({ tokenHash, userId }, reason) {
      await redis.endLogin(
        ...([
          keys.login(userId),
          keys.session(tokenHash),
          keys.sessions,
          keys.sessionEnd(tokenHash),
        ] as const),
        ...([tokenHash, reason, END_REASON_KEPT_MS] as const),
      )
    },
    async endReason(tokenHash) {
      return ((await redis.get(keys.sessionEnd(tokenHash))) ?? undefined) as LogoutReason | undefined
    },
  }
}
