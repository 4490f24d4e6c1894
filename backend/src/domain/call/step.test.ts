import type { LegId, PageId, UserId } from '@tsunagu/contract'
import { describe, expect, test } from 'vitest'
import { ARRIVAL, LIMITS } from '../../../test/support/call-samples.js'
import type { Call } from './call.js'
import type { CallEvent } from './messages.js'
import { nextDeadline } from './deadline.js'
import { enter, step } from './step.js'

const hanako = '6320' as UserId
const taro = '6321' as UserId
const page = 'page-one' as PageId
const leg1 = 'c1:leg:1' as LegId
const leg2 = 'c1:leg:2' as LegId

/** Plays a story and tells where it ended and what it asked of the world. */
function play(...events: CallEvent[]): { call: Call; asked: string[] } {
  let { next: call, effects } = enter(ARRIVAL) as { next: Call; effects: ReturnType<typeof enter>['effects'] }
  for (const event of events) {
    const result = step(call, event, LIMITS)
    if ('refused' in result) {
      effects = []
      continue
    }
    call = result.next
    effects = result.effects
  }
  return { call, asked: effects.map(inWords) }
}

function inWords(effect: ReturnType<typeof enter>['effects'][number]): string {
  switch (effect.do) {
    case 'tell-operator': {
      const reason = effect.news.type === 'call-missed' ? ` (${effect.news.reason})` : ''
      return `tell ${effect.operatorId} ${effect.news.type}${reason}`
    }
    case 'call-phone':
      return `call-phone ${effect.operatorId} as ${effect.leg}`
    case 'join':
      return `join ${effect.caller} and ${effect.leg}`
    case 'ring-back':
      return `ring-back ${effect.operatorId}`
    case 'dispatch':
      return 'dispatch'
    case 'make-bridge':
    case 'destroy-bridge':
    case 'note-consult':
      return effect.do
    case 'put':
      return `put ${effect.channels.join(' ')}`
    default:
      return `${effect.do} ${effect.channel}`
  }
}

const offer: CallEvent = { type: 'offer', at: 2_000, operatorId: hanako, page, ringMs: 20_000 }
const legUp: CallEvent = { type: 'leg-up', at: 2_300, leg: leg1 }
const answer: CallEvent = { type: 'answer', at: 6_000, operatorId: hanako }
const bridged: CallEvent = { type: 'bridged', at: 6_010, leg: leg1 }
const talk = [offer, legUp, answer, bridged]

test('a caller hears ringing, and an operator is looked for', () => {
  expect(play()).toMatchObject({ call: { status: 'waiting' }, asked: ['ring-caller c1', 'dispatch'] })
})

test('with nobody free the ringing becomes music', () => {
  const { call, asked } = play({ type: 'deadline', at: 4_000 })
  expect(call).toMatchObject({ status: 'waiting', picked: true, enteredAt: 1_000 })
  expect(asked).toEqual(['answer-caller c1', 'start-music c1'])
  expect(nextDeadline(call, LIMITS)).toBeUndefined()
})

test('a caller who came while nobody was there goes on hearing music', () => {
  const { next, effects } = enter({ ...ARRIVAL, picked: true })
  expect(effects.map(inWords)).toEqual(['start-music c1', 'dispatch'])
  expect(nextDeadline(next, LIMITS)).toBeUndefined()
})

test('an offer calls the phone at once', () => {
  const { call, asked } = play(offer)
  expect(call).toMatchObject({ status: 'offered', waitedMs: 1_000, expiresAt: 22_000 })
  expect(asked).toEqual([`call-phone 6320 as ${leg1}`, 'ring-caller c1'])
})

test('answering is a bridge', () => {
  const { call, asked } = play(offer, legUp, answer)
  expect(call).toMatchObject({ status: 'connecting', picked: true })
  expect(asked).toEqual(['answer-caller c1', `join c1 and ${leg1}`])
  expect(play(...talk)).toMatchObject({ call: { status: 'talking' }, asked: ['tell 6320 call-answered'] })
})

test('a click before the leg is up is kept', () => {
  expect(play(offer, answer).asked).toEqual([])
  expect(play(offer, answer, legUp)).toMatchObject({
    call: { status: 'connecting' },
    asked: ['make-bridge', 'answer-caller c1', `join c1 and ${leg1}`],
  })
})

test('not answering moves the call on, with its place kept', () => {
  const { call, asked } = play(offer, legUp, { type: 'deadline', at: 22_000 })
  expect(call).toMatchObject({ status: 'waiting', entry: 7, enteredAt: 1_000, priority: false })
  expect(asked).toEqual([
    `hang-up ${leg1}`,
    'answer-caller c1',
    'start-music c1',
    'tell 6320 call-missed (no-answer)',
    'dispatch',
  ])
})

test('a page that never takes the leg does not hold the caller up', () => {
  const { call, asked } = play(offer, { type: 'deadline', at: 7_000 })
  expect(call.status).toBe('waiting')
  expect(asked).toContain('tell 6320 call-missed (phone-failed)')
})

describe('a phone that refuses the leg', () => {
  const refusal: CallEvent = { type: 'leg-gone', at: 2_100, leg: leg1 }
  const again: CallEvent = { type: 'phone-ready', at: 2_600, operatorId: hanako, page }

  test('passes the call on after a second', () => {
    expect(nextDeadline(play(offer, refusal).call, LIMITS)).toBe(3_100)
    const { call, asked } = play(offer, refusal, { type: 'deadline', at: 3_100 })
    expect(call.status).toBe('waiting')
    expect(asked).toContain('tell 6320 call-missed (phone-failed)')
  })

  test('and refuses the next one too: at once', () => {
    const { call, asked } = play(offer, refusal, again, { type: 'leg-gone', at: 2_700, leg: leg2 })
    expect(call.status).toBe('waiting')
    expect(asked).toContain('tell 6320 call-missed (phone-failed)')
  })

  test('because its page is being reloaded: the page that comes back rings', () => {
    const gone: CallEvent = { type: 'phone-gone', at: 2_150, operatorId: hanako }
    expect(nextDeadline(play(offer, refusal, gone).call, LIMITS)).toBe(7_150)
    const back: CallEvent = { type: 'phone-ready', at: 4_000, operatorId: hanako, page: 'page-two' as PageId }
    expect(play(offer, refusal, gone, back).asked).toEqual([`call-phone 6320 as ${leg2}`])
  })
})

test('a rejected call goes to the next operator', () => {
  const { asked } = play(offer, legUp, { type: 'hang-up', at: 5_000, operatorId: hanako })
  expect(asked).toContain('tell 6320 call-missed (rejected)')
})

test.each<[string, CallEvent[], string]>([
  ['while waiting', [], 'abandoned'],
  ['while it rings', [offer, legUp], 'abandoned'],
  ['at the very moment of the answer', [offer, legUp, answer], 'abandoned'],
  ['in the talk', talk, 'caller-hung-up'],
])('the caller hangs up %s: everything is cleared', (_when, story, reason) => {
  const { call, asked } = play(...story, { type: 'caller-gone', at: 9_000 })
  expect(call).toMatchObject({ status: 'ended', reason })
  expect(asked).toContain('hang-up c1')
  if (story.length > 0) expect(asked).toEqual(expect.arrayContaining([`hang-up ${leg1}`, 'destroy-bridge']))
})

test('an operator whose caller left before a word was spoken has no wrap-up', () => {
  const { asked } = play(offer, legUp, answer, { type: 'caller-gone', at: 6_005 })
  expect(asked).toContain('tell 6320 call-withdrawn')
})

test('a bridge that fails because the caller left is not the operator’s fault', () => {
  const failed: CallEvent = { type: 'bridge-failed', at: 6_003, leg: leg1 }
  expect(play(offer, legUp, answer, failed, { type: 'caller-gone', at: 6_005 }).asked).toContain(
    'tell 6320 call-withdrawn',
  )
})

test('a bridge that fails while both live: the caller is first in line again', () => {
  const story: CallEvent[] = [offer, legUp, answer, { type: 'bridge-failed', at: 6_003, leg: leg1 }]
  expect(nextDeadline(play(...story).call, LIMITS)).toBe(6_503)
  expect(play(...story, { type: 'deadline', at: 6_503 }).call).toMatchObject({
    status: 'waiting',
    priority: true,
  })
})

describe('the operator’s browser dies', () => {
  const gone: CallEvent = { type: 'phone-gone', at: 10_000, operatorId: hanako }
  const newPage = 'page-two' as PageId
  const back: CallEvent = { type: 'phone-ready', at: 12_000, operatorId: hanako, page: newPage }

  test('in a talk: the caller hears music, the phone comes back, the talk goes on', () => {
    expect(play(...talk, gone).asked).toEqual(
      ['leave c1:talk c1', 'start-music c1', `hang-up ${leg1}`].map(bridgeless),
    )
    expect(play(...talk, gone, back).asked).toEqual([`call-phone 6320 as ${leg2}`])
    const resumed = play(...talk, gone, back, { type: 'leg-up', at: 12_300, leg: leg2 })
    expect(resumed.asked).toEqual(['stop-music c1', 'make-bridge', `join c1 and ${leg2}`])
    const again = play(
      ...talk,
      gone,
      back,
      { type: 'leg-up', at: 12_300, leg: leg2 },
      { type: 'bridged', at: 12_310, leg: leg2 },
    )
    expect(again.call).toMatchObject({ status: 'talking', since: 6_010 })
  })

  test('and stays away: the call goes to the head of its queue', () => {
    const { call, asked } = play(...talk, gone, { type: 'deadline', at: 40_000 })
    expect(call).toMatchObject({ status: 'waiting', priority: true, entry: 7 })
    expect(asked).toEqual(['tell 6320 call-missed (phone-lost)', 'dispatch'])
  })

  test('another tab takes the phone over: the new page gets the leg', () => {
    const { asked } = play(...talk, back)
    expect(asked).toEqual(expect.arrayContaining([`hang-up ${leg1}`, `call-phone 6320 as ${leg2}`]))
  })

  test('the same page that comes back after a blink keeps its leg', () => {
    const { asked, call } = play(...talk, { type: 'phone-ready', at: 8_000, operatorId: hanako, page })
    expect(asked).toEqual([])
    expect(call).toMatchObject({ status: 'talking', leg: { id: leg1 } })
  })

  test('while it rings: the page that comes back rings again', () => {
    const { call, asked } = play(offer, legUp, gone, back)
    expect(call).toMatchObject({ status: 'offered', expiresAt: 22_000, leg: { id: leg2, page: newPage } })
    expect(asked).toEqual([`call-phone 6320 as ${leg2}`])
  })

  test('while it rings, and stays away: the next operator after five seconds', () => {
    const story = [offer, legUp, gone]
    expect(nextDeadline(play(...story).call, LIMITS)).toBe(15_000)
    expect(play(...story, { type: 'deadline', at: 15_000 }).asked).toContain(
      'tell 6320 call-missed (phone-failed)',
    )
  })
})

test('what another operator asks of this call is refused', () => {
  for (const type of ['answer', 'hang-up'] as const) {
    const { call } = play(offer, legUp)
    expect(step(call, { type, at: 5_000, operatorId: taro }, LIMITS)).toEqual({ refused: 'wrong-state' })
  }
})

test('the hang-up of an earlier leg is no news', () => {
  const { call } = play(...talk, { type: 'phone-gone', at: 10_000, operatorId: hanako })
  expect(step(call, { type: 'leg-gone', at: 10_100, leg: leg1 }, LIMITS)).toEqual({ refused: 'stale' })
})

const bridgeless = (text: string): string => text.replace('leave c1:talk c1', 'leave c1')

describe('on hold', () => {
  const hold: CallEvent = { type: 'hold', at: 8_000, operatorId: hanako }
  const resume: CallEvent = { type: 'resume', at: 9_000, operatorId: hanako }

  test('the caller hears music, the operator nothing; and back', () => {
    const held = play(...talk, hold)
    expect(held.call).toMatchObject({ status: 'held', since: 8_000, talkingSince: 6_010 })
    expect(held.asked).toEqual(['leave c1', 'start-music c1', 'tell 6320 call-held'])
    const back = play(...talk, hold, resume)
    expect(back.call).toMatchObject({ status: 'talking', since: 6_010 })
    expect(back.asked).toEqual(['stop-music c1', `join c1 and ${leg1}`, 'tell 6320 call-resumed'])
  })

  test('the browser dies: the caller notices nothing, and is still on hold when it is back', () => {
    const gone: CallEvent = { type: 'phone-gone', at: 10_000, operatorId: hanako }
    const back: CallEvent = {
      type: 'phone-ready',
      at: 11_000,
      operatorId: hanako,
      page: 'page-two' as PageId,
    }
    expect(play(...talk, hold, gone).asked).toEqual([`hang-up ${leg1}`])
    const again = play(...talk, hold, gone, back, { type: 'leg-up', at: 11_300, leg: leg2 })
    expect(again).toMatchObject({ call: { status: 'held', talkingSince: 6_010 }, asked: [] })
  })
})

describe('parked', () => {
  const park: CallEvent = { type: 'park', at: 8_000, operatorId: hanako, slot: 3 }
  const take: CallEvent = { type: 'take', at: 20_000, operatorId: taro, page: 'taros-page' as PageId }

  test('the caller hears music and the operator is done with him', () => {
    const { call, asked } = play(...talk, park)
    expect(call).toMatchObject({ status: 'parked', slot: 3, parkedBy: hanako, until: 188_000 })
    expect(asked).toEqual(['leave c1', 'start-music c1', `hang-up ${leg1}`, 'tell 6320 call-ended'])
  })

  test('whoever takes it is connected without another click', () => {
    const { call, asked } = play(...talk, park, take)
    expect(call).toMatchObject({ status: 'offered', operatorId: taro, answered: true, waitedMs: 12_000 })
    expect(asked).toEqual([`call-phone 6321 as ${leg2}`])
    const up: CallEvent = { type: 'leg-up', at: 20_300, leg: leg2 }
    expect(play(...talk, park, take, up).asked).toEqual([
      'make-bridge',
      'stop-music c1',
      `join c1 and ${leg2}`,
    ])
  })

  test('of two takers the second is late', () => {
    const { call } = play(...talk, park, take)
    expect(step(call, { ...take, operatorId: hanako }, LIMITS)).toEqual({ refused: 'stale' })
  })

  test('nobody takes it: it rings back, and goes to the head of the queue when that cannot be', () => {
    const late: CallEvent = { type: 'deadline', at: 188_000 }
    expect(play(...talk, park, late).asked).toEqual(['ring-back 6320'])
    const { call, asked } = play(...talk, park, late, { type: 'no-ring-back', at: 188_001 })
    expect(call).toMatchObject({ status: 'waiting', priority: true })
    expect(asked).toEqual(['dispatch'])
  })

  test('the caller gives up', () => {
    expect(play(...talk, park, { type: 'caller-gone', at: 9_000 }).call.status).toBe('ended')
  })
})
