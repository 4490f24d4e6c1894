import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { hostname } from 'node:os'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { takeLease, type Lease } from '../../src/adapters/redis/lease.js'
import type { Log } from '../../src/app/ports.js'
import { openRedis } from '../support/stage.js'

let mine: ReturnType<typeof openRedis>
let lease: Lease | undefined
const told: string[] = []
const tell = (_fields: object, message: string): void => void told.push(message)
const log: Log = { debug: tell, info: tell, warn: tell, error: tell }
let losses = 0

beforeEach(() => {
  mine = openRedis()
  told.length = 0
  losses = 0
})
afterEach(async () => {
  await lease?.release()
  lease = undefined
  await mine.redis.del(mine.keys.lease)
  await mine.redis.quit()
})

const take = async (): Promise<Lease> => {
  const ids = { secret: () => randomUUID(), unique: () => randomUUID() }
  lease = await takeLease({ redis: mine.redis, keys: mine.keys, ids, log }, () => losses++)
  return lease
}
const holder = () => mine.redis.get(mine.keys.lease)
/** Somebody has the lease: who, and for how long he last said so. */
const heldBy = (who: string, ms: number) => mine.redis.set(mine.keys.lease, who, 'PX', ms)

test('is taken at once where nobody holds it, and kept', async () => {
  await take()
  const first = await holder()
  expect(first).toContain(`${hostname()} ${String(process.pid)} `)
  const ttl = await mine.redis.pttl(mine.keys.lease)
  await expect
    .poll(() => mine.redis.pttl(mine.keys.lease), { timeout: 3_000, message: 'renewed' })
    .toBeGreaterThan(ttl - 200)
  expect(await holder()).toBe(first)
  expect(losses).toBe(0)
})

test('is given up on release, and only ours', async () => {
  const own = await take()
  await own.release()
  expect(await holder()).toBeNull()
  await heldBy('another 1 x', 5_000)
  await own.release()
  expect(await holder()).toBe('another 1 x')
})

test('a second process waits while the first one lives, and says so once', async () => {
  const living = `${hostname()} ${String(process.ppid)} x`
  await heldBy(living, 60_000)
  let has = false
  const taken = take().then(() => (has = true))
  await expect.poll(() => told, { message: 'it says that it waits' }).toHaveLength(1)
  expect(has).toBe(false)
  expect(await holder()).toBe(living)
  await mine.redis.del(mine.keys.lease)
  await taken
  expect(told).toHaveLength(1)
})

test('a holder that died on this machine is succeeded at once', async () => {
  const dead = spawn(process.execPath, ['-e', ''])
  await once(dead, 'exit')
  await heldBy(`${hostname()} ${String(dead.pid)} x`, 60_000)
  const before = performance.now()
  await take()
  expect(performance.now() - before).toBeLessThan(250)
  expect(told).toEqual([])
})

test('the process before this one in a container had the same number, and is no more', async () => {
  await heldBy(`${hostname()} ${String(process.pid)} x`, 60_000)
  await take()
  expect(await holder()).not.toMatch(/ x$/)
})

test('a holder on another machine is succeeded when his lease runs out', async () => {
  await heldBy('elsewhere 1 x', 600)
  await take()
  expect(told).toHaveLength(1)
  expect(await holder()).toContain(hostname())
})

test('a lost lease is reported, and is not taken back', async () => {
  await take()
  await heldBy('elsewhere 1 x', 60_000)
  await expect.poll(() => losses, { timeout: 3_000, message: 'the loss is told' }).toBeGreaterThan(0)
  expect(await holder()).toBe('elsewhere 1 x')
})
