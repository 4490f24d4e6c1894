/** What the test files on the rig do before and after their tests. */
import type { UserId } from '@tsunagu/contract'
import { afterAll, beforeAll, expect } from 'vitest'
import type { CallerSide } from '../../../scripts/lib/caller/caller-side.mjs'
import { readyOperator, startEngine, startWorld, type Engine, type EngineOptions, type World } from './rig.js'

/** A world for the whole file; `take` gets it before the first test. */
export function withWorld(take: (world: World) => void): void {
  let world: World | undefined
  beforeAll(async () => {
    world = await startWorld()
    take(world)
  })
  afterAll(() => world?.stop())
}

/** An engine that is connected, with 6320 and 6321 受付可. */
export async function engineWithTwo(
  world: World,
  options: EngineOptions,
): Promise<{ engine: Engine; hanako: UserId; taro: UserId }> {
  const engine = await startEngine(world, options)
  await engine.connected()
  const hanako = await readyOperator(engine, world, { id: '6320' })
  const taro = await readyOperator(engine, world, { id: '6321' })
  return { engine, hanako, taro }
}

/** No channel and no bridge is left in Asterisk; `timeout` where it takes longer than usual, ms. */
export async function expectAsteriskEmpty(engine: Engine, timeout?: number): Promise<void> {
  const limit = timeout === undefined ? {} : { timeout }
  await expect
    .poll(() => engine.telephony.facts(), { message: 'Asterisk is empty', ...limit })
    .toMatchObject({ channels: [], bridges: [] })
}

/** Nothing of any call is left, neither in Asterisk nor in Redis. */
export async function expectNothingLeft(engine: Engine): Promise<void> {
  await expectAsteriskEmpty(engine)
  await expect
    .poll(async () => (await engine.keys()).filter((key) => /call|waiting|alarm|slots/.test(key)))
    .toEqual([])
}

/** Everybody goes home. */
export async function logAllOut(engine: Engine): Promise<void> {
  for (const { id } of await engine.store.operators.list()) await engine.core.desk.dropOut(id, 'forced')
}

/** Calls in from outside, to be hung up together when the test is over. */
export class Callers {
  private readonly made: CallerSide[] = []

  async call(world: World, options: Parameters<World['call']>[0] = {}): Promise<CallerSide> {
    const caller = await world.call(options)
    this.made.push(caller)
    return caller
  }

  async hangUp(): Promise<void> {
    await Promise.all(this.made.splice(0).map((caller) => caller.hangup()))
  }
}
