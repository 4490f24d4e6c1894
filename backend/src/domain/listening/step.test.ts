import type { CallId, LegId, ListenMode, PageId, UserId } from '@tsunagu/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  isUp,
  nextDeadline,
  type Heard,
  type Listening,
  type ListeningEffect,
  type ListeningEvent,
} from './listening.js'
import { reconcile } from './reconcile.js'
import { begin, step } from './step.js'

const c1 = 'c1' as CallId
const leg = (n: number): LegId => `c1:leg:${String(n)}` as LegId
const page = 'page-one' as PageId
const hanako = { id: '6320' as UserId, name: '花子', extension: '6320' }
const taro = { id: '6321' as UserId, name: '太郎', extension: '6321' }
const talks: Heard = { callId: c1, leg: leg(1), with: 'c1' }
const EAR = 'hear-6301-x:ear:1'
const spy = (n: number): string => `hear-6301-x:spy:${String(n)}`

const begun = (heard: Heard = talks, mode: ListenMode = 'listen') =>
  begin({ id: 'hear-6301-x', at: 0, page, mode, operator: hanako, heard }, 5_000)

const earUp = { type: 'ear-up', at: 100, channel: EAR } as const
const ready = (n: number) => ({ type: 'spy-ready', at: 110, channel: spy(n) }) as const
const gone = (n: number, at = 200) => ({ type: 'spy-gone', at, channel: spy(n) }) as const
const to = (mode: ListenMode, operator = hanako, heard = talks): ListeningEvent => ({
  type: 'switch',
  at: 1_000,
  mode,
  operator,
  heard,
})
const heard = (now: Heard | undefined, at = 2_000): ListeningEvent => ({
  type: 'heard',
  at,
  operator: hanako.id,
  callId: c1,
  heard: now,
})

/** What was asked of the world, in words, and what is next. */
function play(...events: ListeningEvent[]): { next: Listening | undefined; asked: string[] } {
  let next: Listening | undefined = begun().next
  let asked: string[] = []
  for (const event of events) {
    if (!next) throw new Error(`${event.type} after the end`)
    const result = step(next, event)
    if ('refused' in result) asked = [result.refused]
    else {
      next = result.next
      asked = result.effects.map(inWords)
    }
  }
  return { next, asked }
}

function inWords(effect: ListeningEffect): string {
  switch (effect.do) {
    case 'spy':
      return `spy ${effect.mode} on ${effect.on} as ${effect.channel.split(':').at(-1) ?? ''}`
    case 'note':
      return `note ${effect.act} ${effect.operator}`
    case 'call-ear':
      return 'call-ear'
    case 'make-room':
    case 'destroy-room':
      return effect.do
    default:
      return `${effect.do} ${effect.channel.replace('hear-6301-x:', '')}`
  }
}

const TABLE: [what: string, events: ListeningEvent[], asked: string[]][] = [
  ['the ear is up: a room, and the spy', [earUp], ['make-room', 'put ear:1', 'spy listen on c1:leg:1 as 1']],
  ['the spy is ready: it comes in', [earUp, ready(1)], ['put spy:1']],
  ['another mode: the old spy goes', [earUp, ready(1), to('barge')], ['hang-up spy:1', 'note barge 6320']],
  [
    '… and when it is gone the next one comes',
    [earUp, ready(1), to('barge'), gone(1)],
    ['spy barge on c1:leg:1 as 2'],
  ],
  [
    '… twice in one breath: one spy, in the last mode',
    [earUp, ready(1), to('barge'), to('whisper'), gone(1)],
    ['spy whisper on c1:leg:1 as 2'],
  ],
  [
    '… nobody told that it is gone: after a second all the same, and it is sent away again',
    [earUp, ready(1), to('barge'), { type: 'deadline', at: 2_000 }],
    ['hang-up spy:1', 'spy barge on c1:leg:1 as 2'],
  ],
  [
    '… and it is not forgotten until it is gone',
    [earUp, ready(1), to('barge'), { type: 'deadline', at: 2_000 }, { type: 'stop', at: 3_000 }],
    ['hang-up spy:2', 'hang-up spy:1', 'hang-up ear:1', 'destroy-room', 'note stop-listening 6320'],
  ],
  ['the same mode again changes nothing', [earUp, ready(1), to('listen')], ['stale']],
  [
    'another operator',
    [earUp, ready(1), to('listen', taro, { callId: 'c2' as CallId, leg: 'c2:leg:1' as LegId })],
    ['hang-up spy:1', 'note stop-listening 6320', 'note listen 6321'],
  ],
  ['before the ear is up only the wish changes', [to('barge')], ['note barge 6320']],
  [
    'on hold another spy, on the same leg',
    [earUp, ready(1), heard({ callId: c1, leg: leg(1) })],
    ['hang-up spy:1'],
  ],
  ['the leg is gone: nobody is heard', [earUp, ready(1), heard({ callId: c1 }), gone(1)], []],
  [
    '… the new one is heard',
    [earUp, ready(1), heard({ callId: c1 }), gone(1), heard({ ...talks, leg: leg(2) })],
    ['spy listen on c1:leg:2 as 2'],
  ],
  [
    'the call is over for him',
    [earUp, ready(1), heard(undefined)],
    ['hang-up spy:1', 'hang-up ear:1', 'destroy-room', 'note stop-listening 6320'],
  ],
  [
    'his supervisor stops',
    [earUp, { type: 'stop', at: 5_000 }],
    ['hang-up spy:1', 'hang-up ear:1', 'destroy-room', 'note stop-listening 6320'],
  ],
  [
    'the ear dies',
    [earUp, ready(1), { type: 'ear-gone', at: 5_000, channel: EAR }],
    ['hang-up spy:1', 'hang-up ear:1', 'destroy-room', 'note stop-listening 6320'],
  ],
  [
    'another page has the phone',
    [earUp, { type: 'phone', at: 5_000, page: 'page-two' as PageId }],
    ['hang-up spy:1', 'hang-up ear:1', 'destroy-room', 'note stop-listening 6320'],
  ],
  ['the same page says so again', [earUp, { type: 'phone', at: 5_000, page }], ['stale']],
  [
    'the ear never comes up',
    [{ type: 'deadline', at: 5_000 }],
    ['hang-up ear:1', 'destroy-room', 'note stop-listening 6320'],
  ],
  ['a spy that is lost on the way is replaced', [earUp, { type: 'deadline', at: 3_100 }], ['hang-up spy:1']],
  ['a spy that ends by itself is missed', [earUp, ready(1), gone(1)], []],
  [
    '… and replaced after a second',
    [earUp, ready(1), gone(1), { type: 'deadline', at: 1_200 }],
    ['spy listen on c1:leg:1 as 2'],
  ],
  ['news of an old spy is stale', [earUp, ready(1), to('barge'), gone(1), ready(1)], ['stale']],
  [
    'news of another call is stale',
    [earUp, { type: 'heard', at: 1, operator: hanako.id, callId: 'c0' as CallId, heard: undefined }],
    ['stale'],
  ],
]

test.each(TABLE)('%s', (_, events, asked) => {
  expect(play(...events).asked).toEqual(asked)
})

test('it is up when the spy is, and down while it is replaced', () => {
  const up = (...events: ListeningEvent[]) => isUp(play(...events).next as Listening)
  expect([up(), up(earUp), up(earUp, ready(1)), up(earUp, ready(1), to('barge'))]).toEqual([
    false,
    false,
    true,
    false,
  ])
})

describe('against what Asterisk holds', () => {
  const steady = play(earUp, ready(1)).next as Listening
  const room = [EAR, spy(1)]
  const both = new Map(room.map((id) => [id, true]))
  const compare = (channels: Map<string, boolean>, bridged: string[], listening = steady) => {
    const { events, effects } = reconcile(listening, { channels, bridged, heard: talks }, 9_000)
    return { events: events.map(({ type }) => type), effects: effects.map(inWords) }
  }

  test('all is there: only where he is heard is looked at', () => {
    expect(compare(both, room)).toEqual({ events: ['heard'], effects: [] })
  })
  test('the spy is not in the room', () => {
    expect(compare(both, [EAR])).toEqual({ events: ['heard'], effects: ['make-room', 'put spy:1'] })
  })
  test('the spy, or the ear, is gone', () => {
    expect(compare(new Map([[EAR, true]]), [EAR]).events).toEqual(['heard', 'spy-gone'])
    expect(compare(new Map(), []).events).toEqual(['heard', 'ear-gone'])
  })
  test('the ear was never ordered, or has come up unheard', () => {
    const fresh = begun().next as Listening
    expect(compare(new Map(), [], fresh)).toEqual({ events: ['heard'], effects: ['call-ear'] })
    expect(compare(new Map([[EAR, true]]), [], fresh).events).toEqual(['heard', 'ear-up'])
  })
})

const happening = fc.record({
  kind: fc.constantFrom(
    'switch',
    'ear-up',
    'ear-gone',
    'spy-ready',
    'spy-gone',
    'heard',
    'over',
    'page',
    'stop',
    'deadline',
    'deadline',
    'spy-ready',
    'spy-gone',
    'switch',
    'heard',
    'ear-up',
  ),
  n: fc.integer({ min: 1, max: 6 }),
  wait: fc.integer({ min: 0, max: 4_000 }),
})

function toEvent({ kind, n }: { kind: string; n: number }, at: number): ListeningEvent {
  const modes: ListenMode[] = ['listen', 'whisper', 'barge']
  switch (kind) {
    case 'switch':
      return {
        type: 'switch',
        at,
        mode: modes[n % 3] ?? 'listen',
        operator: n > 5 ? taro : hanako,
        heard: talks,
      }
    case 'ear-up':
    case 'ear-gone':
      return { type: kind, at, channel: n < 6 ? EAR : 'hear-6301-y:ear:1' }
    case 'spy-ready':
    case 'spy-gone':
      return { type: kind, at, channel: spy(n) }
    case 'heard':
      return heard({ callId: c1, ...(n > 1 ? { leg: leg(n) } : {}), ...(n > 3 ? { with: 'c1' } : {}) }, at)
    case 'over':
      return heard(undefined, at)
    case 'page':
      return { type: 'phone', at, page: n > 3 ? page : ('page-two' as PageId) }
    case 'stop':
      return { type: 'stop', at }
    default:
      return { type: 'deadline', at }
  }
}

test('whatever happens: one ear, one spy at a time, and nothing is left at the end', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 40 }), (history) => {
      const there = new Set<string>([EAR])
      const room = new Set<string>()
      let at = 0
      let now: Listening | undefined = begun().next
      for (const one of history) {
        at += one.wait
        if (!now) break
        const event = toEvent(one, at)
        // What Asterisk tells of a channel is true of it.
        if (event.type === 'ear-gone' || event.type === 'spy-gone')
          [there, room].forEach((set) => set.delete(event.channel))
        if ((event.type === 'spy-ready' || event.type === 'ear-up') && !there.has(event.channel)) continue
        const result = step(now, event)
        if ('refused' in result) continue
        now = result.next
        for (const effect of result.effects) {
          if (effect.do === 'spy') {
            expect([...there].filter((id) => id.includes(':spy:') && id !== now?.former)).toHaveLength(0)
            there.add(effect.channel)
          }
          if (effect.do === 'put') room.add(effect.channel)
          if (effect.do === 'hang-up') [there, room].forEach((set) => set.delete(effect.channel))
        }
        expect([...there].filter((id) => id.includes(':ear:')).length).toBeLessThanOrEqual(1)
        expect(room.size).toBeLessThanOrEqual(2)
        // Somebody who waits is woken: there is a spy, or a time at which one is tried.
        if (now?.ear.up && now.leg && !now.spy) expect(nextDeadline(now)).toBeDefined()
      }
      if (now) {
        const end = step(now, { type: 'stop', at })
        if ('refused' in end) throw new Error('it cannot be stopped')
        for (const effect of end.effects) if (effect.do === 'hang-up') there.delete(effect.channel)
        expect(end.next).toBeUndefined()
      }
      expect([...there]).toEqual([])
    }),
    { numRuns: 500, seed: 4 },
  )
})
