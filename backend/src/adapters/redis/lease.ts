import { hostname } from 'node:os'
import type { ClientContext, Redis, Result } from 'ioredis'
import type { Ids, Log } from '../../app/ports.js'
import type { Keys } from './keys.js'
import { readScript } from './read-script.js'

declare module 'ioredis' {
  interface RedisCommander<Context extends ClientContext> {
    keepLease(lease: string, mine: string, expected: string, ms: number): Result<0 | 1, Context>
  }
}

/** Longer than any pause of a healthy process, shorter than callers notice. */
const LEASE_MS = 5_000
const RENEW_EVERY_MS = 1_000
const RETRY_MS = 250

export interface Lease {
  release(): Promise<void>
}

/**
 * The right to work this PBX: one process at a time. Resolves when it is ours; a holder that died on this machine is
 * succeeded at once, any other when its lease runs out. `onLost` is called when somebody else has it: stop acting.
 */
export async function takeLease(
  { redis, keys, ids, log }: { redis: Redis; keys: Keys; ids: Ids; log: Log },
  onLost: () => void,
): Promise<Lease> {
  redis.defineCommand('keepLease', { numberOfKeys: 1, lua: readScript('keep-lease') })
  const mine = [hostname(), process.pid, ids.secret()].join(' ')
  const keep = async (expected: string): Promise<boolean> =>
    (await redis.keepLease(keys.lease, mine, expected, LEASE_MS)) === 1

  for (let told = false; !(await keep('')); told = true) {
    const holder = await redis.get(keys.lease)
    if (holder !== null && isDead(holder) && (await keep(holder))) break
    if (!told) log.warn({}, 'another process works this PBX; waiting for it to end')
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
  }
  const renewal = setInterval(() => {
    keep(mine).then(
      (kept) => kept || onLost(),
      (error: unknown) => log.warn({ err: error }, 'the lease could not be renewed'),
    )
  }, RENEW_EVERY_MS)
  return {
    async release() {
      clearInterval(renewal)
      await redis.keepLease(keys.lease, '', mine, 1)
    },
  }
}

/** A holder of this very machine whose process is no more; in a container, our own number means the one before us. */
function isDead(holder: string): boolean {
  const [host, pid] = holder.split(' ')
  if (host !== hostname()) return false
  if (Number(pid) === process.pid) return true
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
