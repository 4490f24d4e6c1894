import { userId, type UserId } from '@tsunagu/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  PAGE,
  readyOperator,
  startEngine,
  startWorld,
  type Engine,
  type EngineOptions,
  type World,
} from '../support/rig.js'
import { StreamRecorder } from '../support/stream.js'
import { hasCaller } from '../../src/domain/call/names.js'

/**
 * Records the streams of this folder anew, from the real Asterisk:
 *
 *     RECORD_ARI=1 npx vitest run --project integration backend/test/ari-streams/record.test.ts
 *
 * Frames stand as Asterisk sent them (numbers are the pretend carrier's; only `asterisk_id` is blanked). Then look at the
 * difference and run replay.test.ts, whose expectations are the stories' meaning and should not change.
 */

let world: World

/** One story: an engine of its own, its recorder, and what its people do. */
class Story {
  readonly recorder = new StreamRecorder()
  engine!: Engine

  async begin(options: EngineOptions = {}): Promise<void> {
    const { frame: onFrame, through } = this.recorder
    this.engine = await startEngine(world, { ringMs: 20_000, ...options, onFrame, through })
    await this.engine.connected()
  }

  async ready(id: string, number?: string): Promise<UserId> {
    const operator = await readyOperator(this.engine, world, { id, ...(number ? { number } : {}) })
    this.recorder.mark({ '@': 'ready', operator: id })
    return operator
  }

  phase = (id: string) => this.engine.views.get(userId(id))?.call?.phase
  status = (id: string) => this.engine.views.get(userId(id))?.status.kind

  async rings(id: string): Promise<void> {
    const leg = () => this.engine.views.get(userId(id))?.leg
    await expect.poll(() => this.phase(id), { timeout: 5_000, message: `rings at ${id}` }).toBe('ringing')
    await expect
      .poll(() =>
        this.recorder.lines.some((l) => 'type' in l && l.type === 'StasisStart' && l.channel?.id === leg()),
      )
      .toBe(true)
  }

  heard(type: string): boolean {
    return this.recorder.lines.some((line) => 'type' in line && line.type === type)
  }

  press(what: 'answer' | 'hang-up', id: string): Promise<unknown> {
    const operator = userId(id)
    const call = this.engine.views.get(operator)?.call?.id ?? ''
    this.recorder.mark({ '@': what, operator: id, call })
    const { desk } = this.engine.core
    return what === 'answer' ? desk.answer(operator, PAGE) : desk.hangUp(operator, PAGE)
  }

  async talks(id: string): Promise<void> {
    await expect.poll(() => this.phase(id), { message: `${id} talks` }).toBe('talking')
  }

  /** Everybody is gone, and Asterisk has said so. */
  async over(): Promise<void> {
    await expect.poll(() => this.engine.store.calls.list(), { message: 'no call is left' }).toEqual([])
    const ended = () => {
      const of = (type: string) =>
        this.recorder.lines.flatMap((l) =>
          'type' in l && l.type === type && l.channel ? [l.channel.id] : [],
        )
      const gone = [...of('StasisEnd'), ...of('ChannelDestroyed')]
      return [...new Set(of('StasisStart'))].filter((id) => !gone.includes(id))
    }
    await expect.poll(ended, { message: 'every channel is gone' }).toEqual([])
  }

  async end(): Promise<void> {
    for (const { id } of await this.engine.store.operators.list()) {
      await this.engine.core.desk.dropOut(id, 'forced')
    }
    await this.engine.stop()
  }
}

const tell = (name: string, story: (s: Story) => Promise<void>, options: EngineOptions = {}): void => {
  test(name, async () => {
    const s = new Story()
    await s.begin(options)
    await story(s)
    await s.over()
    s.recorder.save(name)
    await s.end()
  })
}

describe('recording', () => {
  beforeAll(async () => {
    world = await startWorld()
  })
  afterAll(() => world.stop())

  tell('operator-hangs-up', async (s) => {
    await s.ready('6320')
    const caller = await world.call()
    await s.rings('6320')
    await s.press('answer', '6320')
    await s.talks('6320')
    await s.press('hang-up', '6320')
    await caller.waitFor('ended')
  })

  tell('caller-hangs-up-in-talk', async (s) => {
    await s.ready('6320')
    const caller = await world.call()
    await s.rings('6320')
    await s.press('answer', '6320')
    await s.talks('6320')
    await caller.hangup()
  })

  tell('abandoned-while-waiting', async () => {
    const caller = await world.call()
    await caller.waitFor('answered')
    await caller.hangup()
  })

  tell('abandoned-while-ringing', async (s) => {
    await s.ready('6320')
    const caller = await world.call()
    await s.rings('6320')
    await caller.hangup()
    await expect.poll(() => s.status('6320')).toBe('ready')
  })

  tell(
    'rona-to-the-second-operator',
    async (s) => {
      await s.ready('6320')
      await s.ready('6321')
      const caller = await world.call()
      await s.rings('6320')
      await s.rings('6321')
      await s.press('answer', '6321')
      await s.talks('6321')
      await caller.hangup()
    },
    { ringMs: 1_500 },
  )

  tell('leg-refused', async (s) => {
    await s.ready('6320', '632002')
    await s.ready('6321')
    const caller = await world.call()
    await s.rings('6321')
    await s.press('answer', '6321')
    await s.talks('6321')
    await caller.hangup()
  })

  tell('two-callers', async (s) => {
    await s.ready('6320')
    await s.ready('6321')
    const first = await world.call({ from: '0900001' })
    await s.rings('6320')
    const second = await world.call({ from: '0900002' })
    await s.rings('6321')
    await s.press('answer', '6321')
    await s.talks('6321')
    await s.press('answer', '6320')
    await s.talks('6320')
    await second.hangup()
    await expect.poll(() => s.status('6321')).toBe('wrap-up')
    await s.press('hang-up', '6320')
    await first.waitFor('ended')
  })

  // A race: recorded until both of its outcomes have been seen.
  test('abandoned-at-the-answer', async () => {
    const wanted = new Map<string, (s: Story) => boolean>([
      ['abandoned-at-the-answer', (s) => s.recorder.failures.some((words) => words.startsWith('join'))],
      ['abandoned-after-the-bridge', (s) => s.heard('ChannelEnteredBridge')],
    ])
    for (let attempt = 0; attempt < 60 && wanted.size > 0; attempt++) {
      const s = new Story()
      await s.begin()
      await s.ready('6320')
      const caller = await world.call()
      await s.rings('6320')
      if (attempt % 2) await Promise.all([caller.hangup(), s.press('answer', '6320')])
      else await Promise.all([s.press('answer', '6320'), caller.hangup()])
      await s.over()
      for (const [name, fits] of wanted) {
        if (!fits(s)) continue
        s.recorder.save(name)
        wanted.delete(name)
      }
      await s.end()
    }
    expect([...wanted.keys()], 'seen in 60 attempts').toEqual([])
  }, 120_000)

  test('caller-enters-while-away', async () => {
    const s = new Story()
    await s.begin()
    const first = await world.call({ from: '0900001' })
    await first.waitFor('answered')
    const gone = await world.call({ from: '0900002' })
    await gone.waitFor('answered')
    const { prefix } = s.engine
    s.engine.kill()
    await gone.hangup()
    const second = await world.call({ from: '0900003' })
    await second.waitFor('ringing')
    await s.begin({ prefix })
    const numbers = async () =>
      (await s.engine.store.calls.list())
        .filter(hasCaller)
        .map((call) => call.callerNumber)
        .sort()
    await expect.poll(numbers, { timeout: 5_000 }).toEqual(['0900001', '0900003'])
    await first.hangup()
    await second.hangup()
    await expect.poll(() => s.engine.store.calls.list()).toEqual([])
    s.recorder.save('caller-enters-while-away')
    await s.end()
  })
})
