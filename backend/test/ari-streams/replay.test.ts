import { pageId, userId } from '@tsunagu/contract'
import { afterEach, describe, expect, test } from 'vitest'
import { decode } from '../../src/adapters/ari/decode.js'
import { redisOutbox } from '../../src/adapters/redis/outbox.js'
import type { ClosedSpan, SpanKind } from '../../src/domain/records/span.js'
import { MAIN } from '../support/directory.js'
import { Stage } from '../support/stage.js'
import { callOf, isMark, readStream, streamNames, type Line } from '../support/stream.js'

interface Told {
  operators: Record<string, string>
  said: string[]
  ringMs?: number
  /** Recovery takes the calls as they come out of a set. */
  anyOrder?: true
}

/** However the call comes to its end, and whoever ends it. */
const RUNG_JOINED_ENDED = [
  'ring c1',
  'callPhone c1:leg:1 6320',
  'ring c1',
  'createBridge c1:talk',
  'answer c1',
  'join c1:talk c1 c1:leg:1',
  'hangUp c1',
  'hangUp c1:leg:1',
  'destroyBridge c1:talk',
]

/** What each recorded story must come to, on any later version of the control plane. */
const STORIES: Record<string, Told> = {
  'operator-hangs-up': {
    operators: { 6320: 'wrap-up' },
    said: RUNG_JOINED_ENDED,
  },
  'caller-hangs-up-in-talk': {
    operators: { 6320: 'wrap-up' },
    said: RUNG_JOINED_ENDED,
  },
  'abandoned-while-waiting': {
    operators: {},
    said: ['ring c1', 'answer c1', 'startMusic c1', 'hangUp c1'],
  },
  'abandoned-while-ringing': {
    operators: { 6320: 'ready' },
    said: [
      'ring c1',
      'callPhone c1:leg:1 6320',
      'ring c1',
      'createBridge c1:talk',
      'hangUp c1',
      'hangUp c1:leg:1',
      'destroyBridge c1:talk',
    ],
  },
  'abandoned-at-the-answer': {
    operators: { 6320: 'ready' },
    said: RUNG_JOINED_ENDED,
  },
  'abandoned-after-the-bridge': {
    operators: { 6320: 'wrap-up' },
    said: RUNG_JOINED_ENDED,
  },
  'rona-to-the-second-operator': {
    ringMs: 1_500,
    operators: { 6320: 'preparing (no-answer)', 6321: 'wrap-up' },
    said: [
      'ring c1',
      'callPhone c1:leg:1 6320',
      'ring c1',
      'createBridge c1:talk',
      'hangUp c1:leg:1',
      'answer c1',
      'startMusic c1',
      'callPhone c1:leg:2 6321',
      'createBridge c1:talk',
      'stopMusic c1',
      'join c1:talk c1 c1:leg:2',
      'hangUp c1',
      'hangUp c1:leg:2',
      'destroyBridge c1:talk',
    ],
  },
  'leg-refused': {
    operators: { 6320: 'preparing (phone-failed)', 6321: 'wrap-up' },
    said: [
      'ring c1',
      'callPhone c1:leg:1 6320',
      'ring c1',
      'answer c1',
      'startMusic c1',
      'callPhone c1:leg:2 6321',
      'createBridge c1:talk',
      'stopMusic c1',
      'join c1:talk c1 c1:leg:2',
      'hangUp c1',
      'hangUp c1:leg:2',
      'destroyBridge c1:talk',
    ],
  },
  'two-callers': {
    operators: { 6320: 'wrap-up', 6321: 'wrap-up' },
    said: [
      'ring c1',
      'callPhone c1:leg:1 6320',
      'ring c1',
      'createBridge c1:talk',
      'ring c2',
      'callPhone c2:leg:1 6321',
      'ring c2',
      'createBridge c2:talk',
      'answer c2',
      'join c2:talk c2 c2:leg:1',
      'answer c1',
      'join c1:talk c1 c1:leg:1',
      'hangUp c2',
      'hangUp c2:leg:1',
      'destroyBridge c2:talk',
      'hangUp c1',
      'hangUp c1:leg:1',
      'destroyBridge c1:talk',
    ],
  },
  'caller-enters-while-away': {
    anyOrder: true,
    operators: {},
    said: [
      'ring c1',
      'answer c1',
      'startMusic c1',
      'ring c2',
      'answer c2',
      'startMusic c2',
      // The control plane was away: the second has left, the first still waits, a third comes in.
      'hangUp c2',
      'startMusic c1',
      'ring c3',
      'hangUp c1',
      'hangUp c3',
    ],
  },
}

const PAGE = pageId('page-of-the-test')
let stage: Stage | undefined
afterEach(async () => {
  await stage?.close()
  stage = undefined
})

/** Plays a stream: what is due before a line rings before it, as the clock goes. */
async function play(name: string, lines: Line[]): Promise<Stage> {
  const limits = { ringbackMs: 500, legMs: 5_000, refusalMs: 200, rejoinMs: 2_000 }
  const now = Date.parse(lines[0]?.timestamp ?? '')
  const on = (stage = new Stage({ limits, now, ringMs: STORIES[name]?.ringMs ?? 20_000 }))
  for (const line of lines) {
    if (isMark(line) && line['@'] === 'failed') on.telephony.failNext(line.command, line.result)
  }
  for (const line of lines) {
    await on.until(Date.parse(line.timestamp))
    await happen(on, line)
    await on.quiet()
  }
  return on
}

async function happen(on: Stage, line: Line): Promise<void> {
  if (!isMark(line)) {
    const event = decode(line)
    if (event) on.core.engine.accept(event)
    return
  }
  switch (line['@']) {
    case 'ready':
      await on.operator(line.operator)
      return
    case 'answer':
      await on.core.desk.answer(userId(line.operator), PAGE)
      return
    case 'hang-up':
      await on.core.desk.hangUp(userId(line.operator), PAGE)
      return
    case 'back':
      on.telephony.now = line.facts
      await on.core.recovery.run()
      return
    case 'failed':
  }
}

/** The commands about calls, with callers named in the order in which they came. */
function saidOf(on: Stage, lines: Line[]): string[] {
  const callers = [...new Set(lines.flatMap((line) => callOf(line) ?? []))]
  const named = (words: string): string =>
    callers.reduce((text, id, i) => text.replaceAll(id, `c${String(i + 1)}`), words)
  return on.telephony.said.filter((words) => !/Phone 63/.test(words)).map(named)
}

/** Nothing waits for the database but what is over of the stream's own calls and operators, each of them once. */
async function expectRecords(on: Stage, lines: Line[]): Promise<void> {
  const callers = [...new Set(lines.flatMap((line) => callOf(line) ?? []))]
  const spans = (await redisOutbox(on.redis, on.keys).first(10_000)).map(({ span }) => span)
  const begin = Date.parse(lines[0]?.timestamp ?? '')
  const isWhole = (span: ClosedSpan): boolean => {
    const { kind, since, until, callId, operator, visit } = span
    const inTime = begin <= since && since <= until && until <= on.now
    const ofCall = callId !== undefined && callers.includes(callId)
    const ofOperator = operator !== undefined && operator in OPERATORS
    if (kind === 'status') return inTime && ofOperator && (callId === undefined || ofCall)
    if (kind === 'call') return inTime && ofCall && span.what === 'in' && span.outcome !== undefined
    const inQueue = visit?.queueId === MAIN && visit.n === 1 && visit.enteredAt <= since
    if (kind === 'visit') return inTime && ofCall && inQueue && span.outcome !== undefined
    return inTime && ofCall && inQueue && ofOperator && PARTS.includes(kind)
  }
  expect(spans.filter((span) => !isWhole(span))).toEqual([])
  expect(new Set(spans.map(({ key }) => key)).size, 'each once').toBe(spans.length)
  for (const kind of ['call', 'visit'] as const) {
    const ofCalls = spans.flatMap((span) => (span.kind === kind ? [span.callId as string] : []))
    expect(ofCalls.sort(), `one ${kind} a caller`).toEqual([...callers].sort())
  }
}
const PARTS: SpanKind[] = ['offer', 'leg', 'talk']
const OPERATORS = { '6320': true, '6321': true }

async function endOf(
  on: Stage,
): Promise<{ operators: Record<string, string>; calls: number; left: string[] }> {
  const operators = await on.live.operators.list()
  return {
    operators: Object.fromEntries(
      operators.map(({ id, status, callId }) => {
        const reason = status.reason ? ` (${status.reason})` : ''
        return [id, `${status.kind}${reason}${callId ? ' with a call' : ''}`]
      }),
    ),
    calls: (await on.live.calls.list()).length,
    left: (await on.left()).filter((key) => key !== 'outbox' && !/^(operators?|entries|ready)\b/.test(key)),
  }
}

function expectSaid(name: string, said: string[]): void {
  const told = STORIES[name]
  if (told?.anyOrder) expect([...said].sort()).toEqual([...told.said].sort())
  else expect(said).toEqual(told?.said)
}

const endFor = (name: string): object => ({ operators: STORIES[name]?.operators, calls: 0, left: [] })

test('every recorded stream has its story here, and the other way round', () => {
  expect(streamNames().sort()).toEqual(Object.keys(STORIES).sort())
})

describe.each(streamNames())('%s', (name) => {
  const lines = readStream(name)

  /** However its lines are told, the story is the same. */
  async function comesOut(told: Line[]): Promise<void> {
    const on = await play(name, told)
    expectSaid(name, saidOf(on, lines))
    expect(await endOf(on)).toEqual(endFor(name))
    await expectRecords(on, lines)
  }

  test('as it was', () => comesOut(lines))

  test('with every frame twice', () =>
    comesOut(lines.flatMap((line): Line[] => (isMark(line) ? [line] : [line, line]))))

  test('with events in between that nobody knows, or that are out of shape', () =>
    comesOut(lines.flatMap((line, i) => [strange(line, i), line])))
})

/** Something Asterisk 23 may say, about the same channel. */
function strange(line: Line, i: number): Line {
  const { timestamp } = line
  const about = isMark(line) ? {} : { channel: line.channel }
  const kinds = [
    { type: 'ChannelTeleported', ...about },
    { type: 'StasisStart', application: 'tsunagu' },
    { type: 'StasisEnd', application: 'somebody-else', ...about },
    { type: 'ChannelDestroyed', application: 'tsunagu', channel: 'no object' },
    { type: 'EndpointStateChange', application: 'tsunagu-presence', endpoint: null },
  ]
  return { ...kinds[i % kinds.length], timestamp } as Line
}

describe('two callers, whose events come late behind each other', () => {
  const lines = readStream('two-callers')
  const callers = [...new Set(lines.flatMap((line) => callOf(line) ?? []))]
  /** Everything up to the second caller's entry stands: that is the order in which they came. */
  const start = lines.findIndex((line) => callOf(line) === callers[1]) + 1
  const later = lines.slice(start).filter((line) => callOf(line) !== undefined)

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])('in some order (%i)', async (seed) => {
    const order = merged(later, callers, seed)
    const on = await play('two-callers', [...lines.slice(0, start), ...order])
    expect(await endOf(on)).toEqual(endFor('two-callers'))
    await expectRecords(on, lines)
    const said = saidOf(on, lines)
    expect([...said].sort()).toEqual([...(STORIES['two-callers']?.said ?? [])].sort())
  })

  test.each([0, 1])('all of one behind all of the other (%i)', async (last) => {
    const of = (caller: string | undefined): Line[] => later.filter((line) => callOf(line) === caller)
    const on = await play('two-callers', [
      ...lines.slice(0, start),
      ...of(callers[1 - last]),
      ...of(callers[last]),
    ])
    expect(await endOf(on)).toEqual(endFor('two-callers'))
    await expectRecords(on, lines)
  })
})

/** Each caller's lines in their own order, mixed anew: repeatable by its seed. */
function merged(lines: Line[], callers: string[], seed: number): Line[] {
  const rest = callers.map((caller) => lines.filter((line) => callOf(line) === caller))
  const mixed: Line[] = []
  for (let state = seed; rest.some((of) => of.length > 0);) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    const open = rest.filter((of) => of.length > 0)
    const next = open[Math.floor((state / 2 ** 31) * open.length)]?.shift()
    if (next) mixed.push(next)
  }
  return mixed
}
