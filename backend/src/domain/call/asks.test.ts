import type { LegId, PageId, UserId } from '@tsunagu/contract'
import { expect, test } from 'vitest'
import { ARRIVAL, LIMITS } from '../../../test/support/call-samples.js'
import type { Call } from './call.js'
import type { CallEvent } from './messages.js'
import { enter, step } from './step.js'

const operatorId = '6320' as UserId
const page = 'hers' as PageId
const leg = 'c1:leg:1' as LegId
const target = { kind: 'outside', number: '0312345678' } as const

const offered: CallEvent[] = [{ type: 'offer', at: 2_000, operatorId, page, ringMs: 20_000 }]
const connecting: CallEvent[] = [
  ...offered,
  { type: 'leg-up', at: 2_100, leg },
  { type: 'answer', at: 3_000, operatorId },
]
const talking: CallEvent[] = [...connecting, { type: 'bridged', at: 3_010, leg }]
const held: CallEvent[] = [...talking, { type: 'hold', at: 4_000, operatorId }]

const REACHED: Record<string, CallEvent[]> = {
  offered,
  connecting,
  talking,
  held,
  stranded: [...talking, { type: 'leg-gone', at: 4_000, leg }],
  consulting: [...held, { type: 'consult', at: 5_000, operatorId, target }],
  parked: [...talking, { type: 'park', at: 4_000, operatorId, slot: 1 }],
}

const at = 6_000
const ASKS: CallEvent[] = [
  { type: 'answer', at, operatorId },
  { type: 'hang-up', at, operatorId },
  { type: 'drop-target', at, operatorId },
  { type: 'hold', at, operatorId },
  { type: 'resume', at, operatorId },
  { type: 'park', at, operatorId, slot: 2 },
  { type: 'consult', at, operatorId, target },
  { type: 'transfer', at, operatorId, ringMs: 20_000 },
]

function reach(events: CallEvent[]): Call {
  let call: Call = enter(ARRIVAL).next
  for (const event of events) {
    const result = step(call, event, LIMITS)
    if ('refused' in result) throw new Error(`${event.type}: ${result.refused}`)
    call = result.next
  }
  return call
}

function answerTo(call: Call, ask: CallEvent): string {
  const result = step(call, ask, LIMITS)
  if (!('refused' in result)) return result.next.status
  return result.refused === 'stale' ? '-' : '?'
}

/** In the order of ASKS; `?`: refused as `wrong-state`, `-`: as `stale`. */
test.each([
  ['offered', 'offered waiting - - - - - -'],
  ['connecting', '- ended - - - - - -'],
  ['talking', '? ended - held ? parked ? ?'],
  ['held', '? ended - ? talking parked consulting ?'],
  ['stranded', '? ended - ? ? ? ? ?'],
  ['consulting', '? held held ? talking ? ? handed-over'],
  ['parked', '? ? - ? ? ? ? ?'],
])('%s: what becomes of it when its own operator asks', (status, expected) => {
  const call = reach(REACHED[status] ?? [])
  expect(call.status).toBe(status)
  expect(ASKS.map((ask) => answerTo(call, ask)).join(' ')).toBe(expected)
})
