import type { UserId } from '@tsunagu/contract'
import { expect, test } from 'vitest'
import { legOf, VISIT } from '../../../test/support/call-samples.js'
import type { Call, Dialling } from './call.js'
import type { Internal } from './internal/internal.js'
import { reconcile } from './reconcile.js'
import type { Consulting, HandedOver, OperatorTarget, OutsideTarget } from './transfer/consult.js'

const at = 50_000
const visit = { ...VISIT, legs: 2 }
const hanako = { operatorId: '6320' as UserId, waitedMs: 0, leg: legOf(1) }
const dialling: Dialling = {
  ...visit,
  ...hanako,
  direction: 'out',
  far: 'c1:far:1',
  fars: 1,
  status: 'dialling',
  expiresAt: 60_000,
  placed: true,
  ready: true,
}
const { ready: _never, ...ordered } = dialling
const times = { number: 'x', since: 2_000, expiresAt: 60_000 }
const toTaro: OperatorTarget = {
  ...times,
  kind: 'operator',
  operatorId: '6321' as UserId,
  leg: legOf(2),
  pressed: false,
}
const toOutside: OutsideTarget = { ...times, kind: 'outside', channel: 'c1:far:1', ready: true }
const consulting = (target: Consulting['target']): Consulting => ({
  ...visit,
  ...hanako,
  status: 'consulting',
  talkingSince: 1_500,
  target,
})
const handedOver: HandedOver = {
  ...visit,
  status: 'handed-over',
  other: 'c1:far:1',
  answered: true,
  expiresAt: 60_000,
}
const internal: Internal = {
  id: visit.id,
  legs: 2,
  status: 'internal',
  ends: [
    { operatorId: '6320' as UserId, leg: legOf(1) },
    { operatorId: '6321' as UserId, leg: legOf(2) },
  ],
  since: 2_000,
  expiresAt: 60_000,
  pressed: true,
  talkingSince: 3_000,
}
const ringing: Internal = (({ talkingSince: _none, ...rest }) => ({ ...rest, pressed: false }))(internal)

const SHORT: Record<string, string> = { c1: 'c1', far: 'c1:far:1', leg1: 'c1:leg:1', leg2: 'c1:leg:2' }
const nameOf = (text: string): string => SHORT[text.split(' ')[0] ?? ''] ?? text

function told(call: Call, there: string[], bridged: string[]): string[] {
  const facts = {
    channels: new Map(there.map((text) => [nameOf(text), text.endsWith('up')])),
    bridged: bridged.map(nameOf),
  }
  const { events, effects } = reconcile(call, facts, at)
  const asked = effects.map((effect) => (effect.do === 'put' ? `put ${effect.channels.length}` : effect.do))
  return [...events.map(({ type }) => type), ...asked]
}

const all = ['c1 up', 'leg1 up', 'leg2 up']
const TABLE: [status: string, call: Call, there: string[], bridged: string[], todo: string[]][] = [
  ['dialling, as it was', dialling, ['leg1 up', 'far'], ['leg1', 'far'], []],
  ['dialling, answered meanwhile', dialling, ['leg1 up', 'far up'], ['leg1', 'far'], ['party-up']],
  ['dialling, refused meanwhile', dialling, ['leg1 up'], ['leg1'], ['party-gone']],
  ['dialling, not ordered yet', { ...dialling, placed: false }, ['leg1 up'], ['leg1'], []],
  ['dialling, the order is under way', ordered, ['leg1 up'], ['leg1'], ['call-out']],
  ['dialling, it came while nobody listened', ordered, ['leg1 up', 'far'], ['leg1'], ['party-ready']],
  ['dialling, the leg came up', { ...dialling, leg: legOf(1, false) }, ['leg1 up', 'far'], [], ['leg-up']],
  [
    'dialling, the leg was never ordered',
    { ...dialling, leg: legOf(1, false) },
    ['far'],
    ['far'],
    ['call-phone'],
  ],
  ['consulting, rings there', consulting(toTaro), all, [], ['start-music', 'start-ringing']],
  ['consulting, his leg is gone', consulting(toTaro), ['c1 up', 'leg1 up'], [], ['leg-gone']],
  ['consulting, the caller is gone', consulting(toTaro), ['leg1 up', 'leg2 up'], [], ['caller-gone']],
  [
    'consulting, they talk',
    consulting({ ...toTaro, answeredAt: 4_000 }),
    all,
    ['leg1', 'leg2'],
    ['start-music'],
  ],
  [
    'consulting, the bridge is lost',
    consulting({ ...toTaro, answeredAt: 4_000 }),
    all,
    [],
    ['make-bridge', 'put 2', 'start-music'],
  ],
  [
    'consulting outside, answered meanwhile',
    consulting(toOutside),
    ['c1 up', 'leg1 up', 'far up'],
    ['leg1', 'far'],
    ['party-up'],
  ],
  ['consulting outside, busy meanwhile', consulting(toOutside), ['c1 up', 'leg1 up'], [], ['party-gone']],
  [
    'consulting outside, the order is under way',
    consulting({ ...toOutside, ready: false }),
    ['c1 up', 'leg1 up'],
    [],
    ['call-out', 'start-music'],
  ],
  [
    'consulting outside, it came while nobody listened',
    consulting({ ...toOutside, ready: false }),
    ['c1 up', 'leg1 up', 'far'],
    [],
    ['party-ready'],
  ],
  ['handed over', handedOver, ['c1 up', 'far up'], ['c1', 'far'], []],
  ['handed over, one is gone', handedOver, ['c1 up'], ['c1'], ['party-gone']],
  ['handed over, the caller is gone', handedOver, ['far up'], ['far'], ['caller-gone']],
  ['internal, they talk', internal, ['leg1 up', 'leg2 up'], ['leg1', 'leg2'], []],
  ['internal, one is gone', internal, ['leg1 up'], ['leg1'], ['leg-gone']],
  ['internal, it rings', ringing, ['leg1 up', 'leg2 up'], [], ['start-ringing']],
  [
    'internal, held',
    { ...internal, heldBy: '6320' as UserId },
    ['leg1 up', 'leg2 up'],
    ['leg1', 'leg2'],
    ['leave', 'leave', 'start-music'],
  ],
]

test.each(TABLE)('%s', (...[, call, there, bridged, todo]) => {
  expect(told(call, there, bridged)).toEqual(todo)
})

test('of an ended call everything is taken away', () => {
  const ended: Call = {
    id: visit.id,
    legs: 2,
    status: 'ended',
    since: at,
    reason: 'operator-hung-up',
    channels: ['c1', 'c1:leg:1'],
  }
  expect(told(ended, ['c1 up'], [])).toEqual(['hang-up', 'hang-up', 'destroy-bridge'])
})
