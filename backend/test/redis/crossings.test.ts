import { queueId } from '@tsunagu/contract'
import type { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { redisCrossings } from '../../src/adapters/redis/crossings.js'
import { redisOutbox } from '../../src/adapters/redis/outbox.js'
import type { Crossing } from '../../src/domain/thresholds/crossings.js'
import { openRedis } from '../support/stage.js'

let redis: Redis
let keys: ReturnType<typeof openRedis>['keys']

beforeAll(() => {
  ;({ redis, keys } = openRedis())
})
afterAll(async () => {
  await redis.del(keys.crossings, keys.outbox)
  redis.disconnect()
})

const waiting: Crossing = {
  ...{ key: 'waiting main', what: 'waiting', queueId: queueId('main'), since: 1_000, limit: 3 },
}

test('what goes on is there after a restart, what is over is on its way to the records', async () => {
  const store = redisCrossings(redis, keys)
  expect(await store.load()).toEqual([])
  await store.keep([waiting], [])
  expect(await redisCrossings(redis, keys).load()).toEqual([waiting])
  const over = { key: 'waiting main 1000 crossing', kind: 'crossing' as const, since: 1_000, until: 2_000 }
  await store.keep([], [over])
  expect(await store.load()).toEqual([])
  expect((await redisOutbox(redis, keys).first(9)).map(({ span }) => span)).toEqual([over])
})
