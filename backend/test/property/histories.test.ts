import { pageId, userId, type Choice, type PageId, type QueueId, type UserId } from '@tsunagu/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Call, Ended } from '../../src/domain/call/call.js'
import { channelsOf, hasCaller, operatorsOf } from '../../src/domain/call/names.js'
import type { Internal } from '../../src/domain/call/internal/internal.js'
import { isAvailable, type Operator } from '../../src/domain/operator/operator.js'
import { MAIN, SUPPORT } from '../support/directory.js'
import { LivingTelephony } from '../support/fake-telephony.js'
import { Stage, userOf } from '../support/stage.js'

/**
 * Random histories of callers, queues and operators through the real use cases on real Redis; several things happen at
 * once between two quiet points, as they do. `PROPERTY_RUNS` and `PROPERTY_SEED` ask for more, or for others.
 */
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 300)
const SEED = Number(process.env['PROPERTY_SEED'] ?? 20_261_122)

/** The last takes no queue calls, so that there is somebody to transfer to. */
const QUEUES = { 6320: [MAIN], 6321: [SUPPORT], 6322: [MAIN, SUPPORT], 6323: [] as QueueId[] }
const operators = Object.keys(QUEUES) as unknown as (keyof typeof QUEUES)[]
const NUMBERS = ['0350600025', '0350600026']
const DIALLED = ['6323', '6321', '6322', '6323', '0312345678', '0350600026', '0990111111']
const choices: Choice[] = [{ kind: 'ready' }, { kind: 'lunch' }, { kind: 'short-break' }]

const happening = fc.record({
  kind: fc.oneof(
    { weight: 6, arbitrary: fc.constant('onwards' as const) },
    { weight: 4, arbitrary: fc.constantFrom('enter', 'leg-up', 'answer', 'ready') },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        'caller-gone',
        'hang-up',
        'choose',
        'claim',
        'time',
        'resume',
        'transfer',
        'far',
        'dial',
        'hold',
      ),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'leg-gone',
        'page-gone',
        'unregistered',
        'registered',
        'drop-out',
        'unreachable',
      ),
    },
  ),
  who: fc.nat(11),
  page: fc.constantFrom('page-a', 'page-b'),
  ms: fc.constantFrom(100, 1_100, 6_000, 21_000, 31_000),
})
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never

/** One history: the stage, and everybody who ever called. */
class History {
  readonly telephony = new LivingTelephony()
  readonly stage = new Stage({ telephony: this.telephony })
  private callers = 0

  async begin(): Promise<void> {
    for (const id of operators) await this.logIn(String(id))
  }

  /** Everything of one batch at once; then what Asterisk has to say about it; then quiet. */
  async happen(batch: Happening[]): Promise<void> {
    await Promise.all(batch.filter(({ kind }) => kind !== 'time').map((h) => this.one(h)))
    await this.settle()
    for (const { kind, ms } of batch) if (kind === 'time') await this.stage.until(this.stage.now + ms)
    await this.settle()
    this.stage.now += 1
  }

  async settle(): Promise<void> {
    await this.stage.quiet()
    while (this.telephony.dead.length > 0) {
      for (const channel of this.telephony.dead.splice(0)) this.tellGone(channel)
      await this.stage.quiet()
    }
  }

  async end(): Promise<void> {
    for (const channel of this.telephony.channels.keys()) {
      if (!channel.includes(':leg:')) this.telephony.die(channel)
    }
    await this.settle()
    // Two extensions talk on without anybody from outside.
    for (const id of operators) {
      await this.stage.core.desk.hangUp(userId(String(id)), await this.ownerOf(userId(String(id))))
      await this.settle()
    }
  }

  private tellGone(channel: string): void {
    this.stage.core.engine.accept({ type: 'channel-gone', at: this.stage.now, channel, why: 'unreachable' })
  }

  private async one({ kind, who, page }: Happening): Promise<unknown> {
    const { desk, engine } = this.stage.core
    const at = this.stage.now
    const id = userId(String(operators[who % operators.length]))
    switch (kind) {
      case 'enter':
        return this.enter(who)
      case 'caller-gone':
        return this.kill(who, (channel) => !channel.includes(':leg:'))
      case 'leg-gone':
        return this.kill(who, (channel) => channel.includes(':leg:'))
      case 'leg-up':
        return this.legUp(who)
      case 'answer':
        return desk.answer(id, await this.ownerOf(id))
      case 'hang-up':
        return desk.hangUp(id, await this.ownerOf(id))
      case 'onwards':
        return this.onwards(id, who)
      case 'hold':
        return desk.hold(id, await this.ownerOf(id))
      case 'resume':
        return desk.resume(id, await this.ownerOf(id))
      case 'dial':
        return desk.dial(id, await this.ownerOf(id), DIALLED[who % DIALLED.length] ?? '')
      case 'transfer':
        return desk.transfer(id, await this.ownerOf(id))
      case 'far':
        return this.far(who)
      case 'ready':
        return desk.choose(id, { kind: 'ready' })
      case 'choose':
        return desk.choose(id, choices[who % choices.length] ?? { kind: 'ready' })
      case 'claim':
        return desk.claimPhone(id, pageId(page))
      case 'page-gone':
        return desk.pageGone(id, pageId(page))
      case 'registered':
      case 'unregistered':
        return engine.onTelephony({
          type: 'phone-registered',
          at,
          extension: id,
          registered: kind === 'registered',
        })
      case 'unreachable':
        return void (this.telephony.unreachable.delete(id) || this.telephony.unreachable.add(id))
      case 'drop-out':
        await desk.dropOut(id, 'forced')
        if (!(await this.stage.live.operators.load(id))) await this.logIn(id)
        return
      case 'time':
        return undefined
    }
  }

  private async ownerOf(id: UserId): Promise<PageId> {
    return (await this.stage.live.operators.load(id))?.value.page ?? pageId('page-a')
  }

  private async logIn(id: string): Promise<void> {
    const { desk, operators: records } = this.stage.core
    const user = userOf(id, QUEUES[Number(id) as keyof typeof QUEUES])
    await desk.logIn(user, { tokenHash: id, userId: user.id, createdAt: 0, phoneSecret: 's' })
    await desk.claimPhone(user.id, pageId('page-a'))
    await records.apply(user.id, { type: 'registered', at: this.stage.now, registered: true })
    await desk.choose(user.id, { kind: 'ready' })
  }

  private enter(who: number): void {
    const channel = `c${String(++this.callers)}`
    this.telephony.channels.set(channel, true)
    const dialled = NUMBERS[who % 2] ?? ''
    const event = { channel, dialled, callerNumber: '', up: who % 3 === 0, at: this.stage.now }
    this.stage.core.engine.accept({ type: 'caller-entered', ...event })
  }

  private kill(who: number, kind: (channel: string) => boolean): void {
    const found = [...this.telephony.channels.keys()].filter(kind)
    const channel = found[who % Math.max(found.length, 1)]
    if (channel === undefined) return
    this.telephony.channels.delete(channel)
    this.tellGone(channel)
  }

  /** What an operator would do next who means to transfer his call; chance alone gets there too seldom. */
  private async onwards(id: UserId, who: number): Promise<unknown> {
    const { desk } = this.stage.core
    const page = await this.ownerOf(id)
    const call = (await this.stage.core.desk.view(id)).call
    this.legUp(who)
    switch (call?.phase) {
      case undefined:
        return who % 3 === 0 ? desk.dial(id, page, DIALLED[who % DIALLED.length] ?? '') : undefined
      case 'dialling':
        return this.far(who)
      case 'ringing':
        return desk.answer(id, page)
      case 'talking':
        return desk.hold(id, page)
      case 'held':
        return desk.dial(id, page, DIALLED[who % DIALLED.length] ?? '')
      case 'consulting':
        return call.target?.phase === 'ringing' ? this.far(who) : desk.transfer(id, page)
      case 'rejoining':
        return this.legUp(who)
    }
  }

  /** An outside number is in our hands, and another time it answers. */
  private far(who: number): void {
    const channels = [...this.telephony.channels].filter(([name]) => name.includes(':far:'))
    const [channel, ours] = channels[who % Math.max(channels.length, 1)] ?? []
    if (channel === undefined) return
    this.telephony.channels.set(channel, true)
    const type = ours ? 'party-up' : 'party-ready'
    this.stage.core.engine.accept({ type, at: this.stage.now, channel })
  }

  private legUp(who: number): void {
    const waiting = [...this.telephony.channels].filter(([name, ours]) => !ours && name.includes(':leg:'))
    const leg = waiting[who % Math.max(waiting.length, 1)]?.[0]
    if (leg === undefined) return
    this.telephony.channels.set(leg, true)
    this.stage.core.engine.accept({ type: 'leg-up', at: this.stage.now, leg })
  }
}

type Visitors = Exclude<Call, Internal | Ended>

interface Quiet {
  calls: Visitors[]
  internal: Internal[]
  operators: Operator[]
}

const hasVisitor = (call: Call): call is Visitors => hasCaller(call) && call.status !== 'ended'

async function look({ stage }: History): Promise<Quiet> {
  const all = await stage.live.calls.list()
  const calls = all.filter(hasVisitor)
  const internal = all.filter((call) => call.status === 'internal')
  return {
    internal,
    calls: calls.sort((a, b) => a.entry - b.entry),
    operators: await stage.live.operators.list(),
  }
}

/** What holds whenever nothing is under way. */
async function check(history: History, { calls, internal, operators: all }: Quiet): Promise<void> {
  const { stage, telephony } = history
  const held = [...calls, ...internal].flatMap((call) => operatorsOf(call).map((id) => `${id} ${call.id}`))
  const holding = all.flatMap(({ id, callId }) => (callId ? [`${id} ${callId}`] : []))
  expect(holding.sort(), 'an operator has the call that has him').toEqual(held.sort())
  const heldOnce = new Set(held.map((line) => line.split(' ')[0]))
  expect(heldOnce.size, 'one call an operator').toBe(held.length)
  for (const queue of [MAIN, SUPPORT]) {
    const ready = await stage.redis.zrange(stage.keys.ready(queue), 0, '-1')
    const free = all.filter((operator) => isAvailable(operator) && operator.queues.includes(queue))
    expect(ready.sort(), `ready line of ${queue}`).toEqual(free.map(({ id }) => id).sort())
    const waiting = calls.filter(({ status, queueId }) => status === 'waiting' && queueId === queue)
    const line = await stage.redis.zrange(stage.keys.waiting(queue), 0, '-1')
    expect(line.sort(), `waiting line of ${queue}`).toEqual(waiting.map(({ id }) => id).sort())
    expect(Math.min(free.length, waiting.length), 'nobody waits beside a free operator').toBe(0)
  }
  const wanted = [...calls, ...internal].flatMap((call) =>
    channelsOf(call).filter((name) => made(call, name)),
  )
  expect([...telephony.channels.keys()].sort(), 'every channel has a call, every call its channels').toEqual(
    wanted.sort(),
  )
}

/** An outgoing call makes its far channel once its operator's phone is up. */
const made = (call: Call, name: string): boolean =>
  call.status !== 'dialling' || call.placed || name !== call.far

/** Who waited through all of it was not passed by: in his queue nobody behind him is with an operator now who was not before. */
function checkOrder(before: Quiet, after: Quiet): void {
  const earlier = new Map(before.calls.map((call) => [call.id, call]))
  for (const call of after.calls) {
    const was = earlier.get(call.id)
    const waitedOn = call.status === 'waiting' && was?.status === 'waiting' && was.legs === call.legs
    if (!waitedOn) continue
    const passedBy = after.calls.filter((other) => {
      const fresh =
        (earlier.get(other.id)?.legs ?? 0) < other.legs &&
        operatorsOf(earlier.get(other.id) ?? other).length === 0
      return fresh && other.queueId === call.queueId && other.entry > call.entry && !other.priority
    })
    expect(
      passedBy.map(({ id }) => id),
      `nobody is served before ${call.id}`,
    ).toEqual([])
  }
}

test('whatever happens at once, nobody is lost, doubled or passed by', async () => {
  const histories = fc.array(fc.array(happening, { minLength: 1, maxLength: 4 }), { maxLength: 25 })
  await fc.assert(
    fc.asyncProperty(histories, async (batches) => {
      const history = new History()
      try {
        await history.begin()
        let before = await look(history)
        for (const batch of batches) {
          await history.happen(batch)
          const after = await look(history)
          await check(history, after)
          checkOrder(before, after)
          before = after
        }
        await history.end()
        const last = await look(history)
        await check(history, last)
        expect(last.calls).toEqual([])
        expect((await history.stage.left()).filter((key) => /^(call|waiting)/.test(key))).toEqual([])
        expect([...history.telephony.bridges], 'no bridge is left').toEqual([])
        const alarms = await history.stage.redis.zrange(history.stage.keys.alarms, 0, '-1')
        expect(alarms.filter((name) => name.startsWith('call:'))).toEqual([])
      } finally {
        await history.stage.close()
      }
    }),
    { numRuns: RUNS, seed: SEED, endOnFailure: false },
  )
}, 180_000)
