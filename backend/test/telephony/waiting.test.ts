import { afterAll, beforeAll, expect, test } from 'vitest'
import { startEngine, startWorld, type Engine, type World } from '../support/rig.js'

let world: World
let engine: Engine

beforeAll(async () => {
  world = await startWorld()
  engine = await startEngine(world)
  await engine.connected()
})
afterAll(async () => {
  await engine.stop()
  await world.stop()
})

test('a caller whom nobody can take hears ringing, then is answered with music', async () => {
  const caller = await world.call()
  await caller.waitFor('ringing')
  await caller.waitFor('answered')
  expect((await engine.store.calls.list()).map(({ status }) => status)).toEqual(['waiting'])
  await caller.hangup()
  await expect.poll(() => engine.store.calls.list()).toEqual([])
  await expect.poll(async () => (await engine.telephony.facts()).channels).toEqual([])
})
