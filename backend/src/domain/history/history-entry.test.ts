import { callId, userId, type HistoryKind } from '@tsunagu/contract'
import { expect, test } from 'vitest'
import type { OperatorNews } from '../call/messages.js'
import { historyEntry, outcomeOf, type PhoneCall } from './history-entry.js'

const rang: Omit<PhoneCall, 'outcome'> = {
  owner: userId('6320'),
  callId: callId('c1'),
  direction: 'in',
  internal: false,
  number: '09011111111',
  reached: '0350600025',
  startedAt: 1_000,
  endedAt: 20_000,
}
const talked = { ...rang, answeredAt: 3_000 }
const dialled = { ...rang, direction: 'out', reached: '' } as const

const missed = (reason: 'no-answer' | 'rejected' | 'phone-lost' | 'phone-failed'): OperatorNews => ({
  type: 'call-missed',
  reason,
})
const ended: OperatorNews = { type: 'call-ended' }
const withdrawn: OperatorNews = { type: 'call-withdrawn' }
const TALK = 17_000

interface Ending {
  how: string
  call: Omit<PhoneCall, 'outcome'>
  news: OperatorNews
  kind: HistoryKind
  talkMs: number | null
}

/** Every way a call can end for an operator, and the line of his history. */
const ENDINGS: Ending[] = [
  { how: 'talked, and either side hung up', call: talked, news: ended, kind: 'in', talkMs: TALK },
  {
    how: 'talked, then his browser died',
    call: talked,
    news: missed('phone-lost'),
    kind: 'in',
    talkMs: TALK,
  },
  { how: 'talked, then the caller left', call: talked, news: withdrawn, kind: 'in', talkMs: TALK },
  { how: 'the caller gave up while it rang', call: rang, news: withdrawn, kind: 'missed', talkMs: null },
  { how: 'hung up between answer and voice', call: rang, news: ended, kind: 'missed', talkMs: null },
  { how: 'not answered in time', call: rang, news: missed('no-answer'), kind: 'missed', talkMs: null },
  { how: 'the phone was lost', call: rang, news: missed('phone-lost'), kind: 'missed', talkMs: null },
  { how: 'the phone failed', call: rang, news: missed('phone-failed'), kind: 'missed', talkMs: null },
  { how: 'rejected here', call: rang, news: missed('rejected'), kind: 'rejected', talkMs: null },
  {
    how: 'dialled and talked',
    call: { ...talked, direction: 'out' },
    news: ended,
    kind: 'out',
    talkMs: TALK,
  },
  { how: 'dialled, nobody answered', call: dialled, news: ended, kind: 'out', talkMs: null },
  { how: 'dialled, and given up', call: dialled, news: withdrawn, kind: 'out', talkMs: null },
  { how: 'talked inside', call: { ...talked, internal: true }, news: ended, kind: 'in', talkMs: TALK },
  {
    how: 'inside, not taken',
    call: { ...rang, internal: true },
    news: withdrawn,
    kind: 'missed',
    talkMs: null,
  },
]

test.each(ENDINGS)('$how: $kind', ({ call, news, kind, talkMs }) => {
  const outcome = outcomeOf(news)
  expect(outcome).toBeDefined()
  expect(historyEntry({ ...call, outcome: outcome! })).toEqual({
    owner: '6320',
    callId: 'c1',
    kind,
    internal: call.internal,
    number: '09011111111',
    reached: call.reached,
    startedAt: 1_000,
    talkMs,
  })
})

test('an answered call goes on', () => {
  expect(outcomeOf({ type: 'call-answered' })).toBeUndefined()
})

test('a clock that was set back makes no talk shorter than nothing', () => {
  expect(historyEntry({ ...talked, endedAt: 2_000, outcome: 'over' }).talkMs).toBe(0)
})
