import { pageId, type UserId } from '@tsunagu/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openRedis, Stage } from '../support/stage.js'
import { redisDialBudget } from '../../src/adapters/redis/dial-budget.js'
import { testDirectory } from '../support/directory.js'

/** A stolen login cannot run up a bill; an emergency call always passes. */
const PAGE = pageId('page-of-the-test')
let stage: Stage
let hanako: UserId
let logged: Record<string, unknown>[]

beforeEach(async () => {
  logged = []
  const note = (fields: Record<string, unknown>, message: string): void =>
    void logged.push({ ...fields, message })
  const log = { debug: () => undefined, info: () => undefined, warn: note, error: note }
  const budget = { spend: () => Promise.resolve(false) }
  stage = new Stage({ log, budget })
  hanako = await stage.operator('6320')
})
afterEach(() => stage.close())

const dial = (number: string) => stage.core.desk.dial(hanako, PAGE, number)
const called = () => stage.telephony.said.filter((words) => words.startsWith('callOut'))

test('beyond the limit outside numbers are refused, and the operator is as he was', async () => {
  expect(await dial('0312345678')).toEqual({ ok: false, code: 'dial-limit' })
  const operator = (await stage.live.operators.load(hanako))?.value
  expect(operator).toMatchObject({ status: { kind: 'ready' } })
  expect(operator).not.toHaveProperty('callId')
})

test('a number that is not allowed is refused, and logged without showing it', async () => {
  expect(await dial('+1 212 555 0100')).toEqual({ ok: false, code: 'number-not-allowed' })
  expect(logged).toEqual([
    { operator: '6320', dialled: '+12*******00', message: 'a number that may not be called' },
  ])
})

test.each(['110', '118', '119'])(
  '%s passes beyond every limit, and is flagged in the log',
  async (number) => {
    expect(await dial(number)).toEqual({ ok: true })
    await stage.quiet()
    const call = (await stage.live.calls.list())[0]
    stage.core.engine.accept({ type: 'leg-up', at: stage.now, leg: `${String(call?.id)}:leg:1` })
    await stage.quiet()
    expect(called()).toEqual([`callOut ${String(call?.id)}:far:1 ${number}`])
    expect(logged).toContainEqual({
      operator: '6320',
      dialled: number,
      emergency: true,
      message: 'an emergency call',
    })
  },
)

test('what is dialled is normalised first', async () => {
  expect(await dial('１１０')).toEqual({ ok: true })
  expect(await dial('')).toEqual({ ok: false, code: 'bad-request' })
})

test('a colleague is called beyond every limit', async () => {
  await stage.operator('6321')
  expect(await dial('6321')).toEqual({ ok: true })
})

test('the budget counts each operator by the hour and by the day', async () => {
  const { redis, keys } = openRedis()
  const directory = {
    ...testDirectory(20_000),
    dialRules: () => Promise.resolve({ countries: ['81'], barred: [], perHour: 2, perDay: 10 }),
  }
  const budget = await redisDialBudget(redis, keys, directory)
  const spent = [await budget.spend(hanako), await budget.spend(hanako), await budget.spend(hanako)]
  expect(spent).toEqual([true, true, false])
  expect(await budget.spend('6321' as UserId)).toBe(true)
  for (const key of [keys.dialledInHour, keys.dialledInDay]) {
    expect(await redis.pttl(`${key}:6320`)).toBeGreaterThan(0)
    await redis.del(`${key}:6320`, `${key}:6321`)
  }
  await redis.quit()
})

test('somebody who was claimed for a call that fails to begin is free again', async () => {
  const taro = await stage.operator('6321')
  await stage.live.operators.remove(taro)
  expect(await dial('6321')).toEqual({ ok: false, code: 'party-away' })
  expect((await stage.live.operators.load(hanako))?.value.status.kind).toBe('ready')
})
