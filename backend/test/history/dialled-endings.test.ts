import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { legId, pageId, type DialFailure, type LegId, type UserId } from '@tsunagu/contract'
import { Stage } from '../support/stage.js'

/** Every way that outgoing, internal and transferred calls can end: what the histories say of it. */
let stage: Stage
let hanako: UserId
let taro: UserId

beforeEach(async () => {
  stage = new Stage()
  hanako = await stage.operator('6320')
  stage.now += 5_000
})
afterEach(() => stage.close())

const START = 1_005_000
const PAGE = pageId('page-of-the-test')
const NUMBER = '0312345678'

type Told = Parameters<Stage['core']['engine']['accept']>[0]
const hear = async (event: Told): Promise<void> => {
  stage.core.engine.accept(event)
  await stage.quiet()
}
const callId = async (): Promise<string> => (await stage.live.calls.list())[0]?.id ?? 'none'
const leg = async (n = 1): Promise<LegId> => legId(`${await callId()}:leg:${String(n)}`)
const legUp = async (n = 1) => hear({ type: 'leg-up', at: stage.now, leg: await leg(n) })
const legDies = async (n = 1) => gone(await leg(n))
const gone = (channel: string, why: DialFailure = 'unreachable') =>
  hear({ type: 'channel-gone', at: stage.now, channel, why })
const far = async () => `${await callId()}:far:1`
const asked = async (ask: Promise<unknown>) => {
  expect(await ask).toEqual({ ok: true })
  await stage.quiet()
}
const dial = async (number: string) => {
  await asked(stage.core.desk.dial(hanako, PAGE, number))
  await legUp()
}
const farAnswers = async () => {
  await hear({ type: 'party-ready', at: stage.now, channel: await far() })
  await hear({ type: 'party-up', at: stage.now, channel: await far() })
}
const lines = () => stage.history.map(({ callId: _id, ...line }) => line)

describe('an outside number', () => {
  const line = { owner: '6320', kind: 'out', internal: false, number: NUMBER, startedAt: START }
  const silent = { ...line, reached: '', talkMs: null }
  const spoken = (talkMs: number) => ({ ...line, reached: NUMBER, talkMs })

  test.each<DialFailure>(['busy', 'no-such-number', 'declined'])('%s', async (why) => {
    await dial(NUMBER)
    await gone(await far(), why)
    expect(lines()).toEqual([silent])
  })

  test('given up while it rings', async () => {
    await dial(NUMBER)
    await asked(stage.core.desk.hangUp(hanako, PAGE))
    expect(lines()).toEqual([silent])
  })

  test('nobody answers in time', async () => {
    await dial(NUMBER)
    await stage.until(stage.now + stage.limits.dialMs)
    await stage.quiet()
    expect(lines()).toEqual([silent])
  })

  test('the phone never takes its leg', async () => {
    await asked(stage.core.desk.dial(hanako, PAGE, NUMBER))
    await stage.until(stage.now + stage.limits.legMs)
    await stage.quiet()
    expect(lines()).toEqual([silent])
  })

  test('his login is ended while it rings', async () => {
    await dial(NUMBER)
    await stage.core.desk.dropOut(hanako, 'forced')
    await stage.quiet()
    expect(lines()).toEqual([silent])
  })

  test('talked, the other hangs up', async () => {
    await dial(NUMBER)
    stage.now += 4_000
    await farAnswers()
    stage.now += 9_000
    await gone(await far())
    expect(lines()).toEqual([spoken(9_000)])
  })

  test('talked, and he hangs up', async () => {
    await dial(NUMBER)
    await farAnswers()
    stage.now += 3_000
    await asked(stage.core.desk.hangUp(hanako, PAGE))
    expect(lines()).toEqual([spoken(3_000)])
  })

  test('talked, and his browser does not come back', async () => {
    await dial(NUMBER)
    await farAnswers()
    stage.now += 3_000
    await legDies()
    await stage.until(stage.now + stage.limits.rejoinMs)
    await stage.quiet()
    expect(lines()).toEqual([spoken(3_000 + stage.limits.rejoinMs)])
  })
})

describe('another extension', () => {
  const out = { owner: '6320', kind: 'out', internal: true, number: '6321', startedAt: START }
  const line = (kind: string) => ({
    owner: '6321',
    kind,
    internal: true,
    number: '6320',
    reached: '6321',
    startedAt: START,
  })
  const silent = { ...out, reached: '', talkMs: null }

  beforeEach(async () => {
    taro = await stage.operator('6321')
    await dial('6321')
    await legUp(2)
  })

  test('rejected', async () => {
    await asked(stage.core.desk.hangUp(taro, PAGE))
    expect(lines()).toEqual([silent, { ...line('rejected'), talkMs: null }])
  })

  test('given up', async () => {
    await asked(stage.core.desk.hangUp(hanako, PAGE))
    expect(lines()).toEqual([silent, { ...line('missed'), talkMs: null }])
  })

  test('not answered', async () => {
    await stage.until(stage.now + stage.limits.dialMs)
    await stage.quiet()
    expect(lines()).toEqual([silent, { ...line('missed'), talkMs: null }])
  })

  test('the phone there is lost', async () => {
    await legDies(2)
    await stage.until(stage.now + stage.limits.legMs)
    await stage.quiet()
    expect(lines()).toEqual([silent, { ...line('missed'), talkMs: null }])
  })

  test('talked', async () => {
    stage.now += 2_000
    await asked(stage.core.desk.answer(taro, PAGE))
    stage.now += 7_000
    await asked(stage.core.desk.hangUp(taro, PAGE))
    expect(lines()).toEqual([
      { ...out, reached: '6321', talkMs: 7_000 },
      { ...line('in'), talkMs: 7_000 },
    ])
  })
})

describe('a transfer to the outside', () => {
  test('the caller leaves while they talk: one line for him, one for the target', async () => {
    await stage.caller('c1')
    await legUp()
    await asked(stage.core.desk.answer(hanako, PAGE))
    stage.now += 10_000
    await asked(stage.core.desk.hold(hanako, PAGE))
    await asked(stage.core.desk.dial(hanako, PAGE, NUMBER))
    stage.now += 1_000
    await farAnswers()
    stage.now += 2_000
    await gone('c1')
    stage.now += 5_000
    await gone(await far())
    expect(lines()).toEqual([
      {
        owner: '6320',
        kind: 'in',
        internal: false,
        number: '09011111111',
        reached: '0350600025',
        startedAt: START,
        talkMs: 13_000,
      },
      {
        owner: '6320',
        kind: 'out',
        internal: false,
        number: NUMBER,
        reached: NUMBER,
        startedAt: START + 10_000,
        talkMs: 7_000,
      },
    ])
  })
})

describe('a transfer', () => {
  const caller = { internal: false, number: '09011111111', reached: '0350600025' }
  const his = { owner: '6320', kind: 'in', ...caller, startedAt: START }
  const consulted = { owner: '6320', kind: 'out', internal: true, number: '6321', startedAt: START + 10_000 }

  beforeEach(async () => {
    await stage.caller('c1')
    await legUp()
    await asked(stage.core.desk.answer(hanako, PAGE))
    stage.now += 10_000
    await asked(stage.core.desk.hold(hanako, PAGE))
    taro = await stage.operator('6321')
    await stage.core.desk.choose(taro, { kind: 'lunch' })
    await asked(stage.core.desk.dial(hanako, PAGE, '6321'))
    await legUp(2)
    stage.now += 1_000
  })

  test('executed: the caller is a line of both, the call to the colleague one of the first', async () => {
    await asked(stage.core.desk.answer(taro, PAGE))
    stage.now += 4_000
    await asked(stage.core.desk.transfer(hanako, PAGE))
    stage.now += 20_000
    await gone('c1')
    expect(lines()).toEqual([
      { ...his, talkMs: 15_000 },
      { ...consulted, reached: '6321', talkMs: 4_000 },
      { owner: '6321', kind: 'in', ...caller, talkMs: 24_000, startedAt: START + 10_000 },
    ])
  })

  test('rejected: 発信 with キャンセル here, 拒否 there', async () => {
    await asked(stage.core.desk.hangUp(taro, PAGE))
    expect(lines()).toEqual([
      {
        owner: '6321',
        kind: 'rejected',
        internal: true,
        number: '6320',
        reached: '6321',
        talkMs: null,
        startedAt: START + 10_000,
      },
      { ...consulted, reached: '', talkMs: null },
    ])
  })

  test('the caller leaves while they talk: his line ends, theirs goes on', async () => {
    await asked(stage.core.desk.answer(taro, PAGE))
    stage.now += 2_000
    await gone('c1')
    stage.now += 5_000
    await asked(stage.core.desk.hangUp(hanako, PAGE))
    expect(lines()).toEqual([
      { ...his, talkMs: 13_000 },
      { ...consulted, reached: '6321', talkMs: 7_000 },
      {
        owner: '6321',
        kind: 'in',
        internal: true,
        number: '6320',
        reached: '6321',
        talkMs: 7_000,
        startedAt: START + 10_000,
      },
    ])
  })
})
