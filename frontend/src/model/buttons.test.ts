import type { CallView, OperatorView, ParkedView, TargetView, UserId } from '@tsunagu/contract'
import { expect, test } from 'vitest'
import {
  callGate,
  dialGate,
  hangUpGate,
  hangUpShown,
  holdGate,
  keysAreTones,
  serverGate,
  slotGate,
  transferArranged,
  transferGate,
  type Gate,
  type PhoneSituation,
} from './buttons'
import { inCall, microphoneLive, onHold, phoneState, speaking } from './phone-state'
import { callWith, targetWith, viewWith } from './test-view'

const at = (view: OperatorView, changes: Partial<PhoneSituation> = {}): PhoneSituation => ({
  view,
  linkUp: true,
  tab: 'owner',
  ...changes,
})
const withCall = (changes: Partial<CallView>): OperatorView => viewWith({ call: callWith(changes) })
const consulting = (phase: TargetView['phase']): OperatorView =>
  withCall({ phase: 'consulting', target: targetWith({ phase }) })

const PHONES = {
  idle: viewWith(),
  ringing: withCall({}),
  dialling: withCall({ phase: 'dialling', direction: 'out' }),
  talking: withCall({ phase: 'talking' }),
  rejoining: withCall({ phase: 'rejoining' }),
  held: withCall({ phase: 'held' }),
  'target rings': consulting('ringing'),
  'target talks': consulting('talking'),
  'target is a queue': consulting('ready'),
  'internal rings': withCall({ internal: true }),
  'internal talking': withCall({ phase: 'talking', internal: true }),
  'internal held': withCall({ phase: 'held', internal: true }),
}
type PhoneName = keyof typeof PHONES

const PARKED: ParkedView = { slot: 3, since: 1, by: { id: '6321' as UserId, name: '鈴木 太郎' } }

/** Open, or why not. */
const word = (gate: Gate): string => (gate.open ? 'open' : gate.why)

// prettier-ignore
const TABLE: [PhoneName, ...string[]][] = [
  // phone               通話, no number  通話, number   転送          保留       free slot     taken slot
  ['idle',               'no-number',    'open',       'not-held',  'no-talk', 'slot-free',  'open'],
  ['ringing',            'open',         'open',       'not-held',  'no-talk', 'slot-free',  'busy'],
  ['dialling',           'dialling',     'dialling',   'not-held',  'no-talk', 'slot-free',  'busy'],
  ['talking',            'in-talk',      'in-talk',    'not-held',  'open',    'open',       'busy'],
  ['rejoining',          'in-talk',      'in-talk',    'not-held',  'no-talk', 'slot-free',  'busy'],
  ['held',               'no-number',    'open',       'open',      'open',    'open',       'busy'],
  ['target rings',       'arranging',    'arranging',  'open',      'open',    'arranging',  'busy'],
  ['target talks',       'arranging',    'arranging',  'open',      'open',    'arranging',  'busy'],
  ['target is a queue',  'arranging',    'arranging',  'open',      'open',    'arranging',  'busy'],
  ['internal rings',     'open',         'open',       'internal',  'no-talk', 'internal',   'busy'],
  ['internal talking',   'internal',     'internal',   'internal',  'open',    'internal',   'busy'],
  ['internal held',      'internal',     'internal',   'internal',  'open',    'internal',   'busy'],
]

test.each(TABLE)('%s: what can be pressed, and why not', (name, ...expected) => {
  const situation = at(PHONES[name])
  const gates = [
    callGate(situation, ''),
    callGate(situation, '6321'),
    transferGate(situation),
    holdGate(situation),
    slotGate(situation, undefined),
    slotGate(situation, PARKED),
  ]
  expect(gates.map(word)).toEqual(expected)
})

// prettier-ignore
const STATES: [PhoneName, string, ...boolean[]][] = [
  // phone               says         切断   tones   microphone  保留 lit  転送実行
  ['idle',               'idle',      false, false,  false,      false,   false],
  ['ringing',            'ringing',   true,  false,  false,      false,   false],
  ['dialling',           'dialling',  true,  false,  true,       false,   false],
  ['talking',            'talking',   true,  true,   true,       false,   false],
  ['rejoining',          'talking',   true,  true,   true,       false,   false],
  ['held',               'held',      true,  false,  true,       true,    false],
  ['target rings',       'dialling',  true,  false,  true,       true,    true],
  ['target talks',       'talking',   true,  true,   true,       true,    true],
  ['target is a queue',  'held',      true,  false,  true,       true,    true],
]

test.each(STATES)('%s: the phone says %s', (name, state, ...signs) => {
  const situation = at(PHONES[name])
  const { view } = situation
  expect(phoneState(view)).toBe(state)
  expect([
    hangUpShown(situation),
    keysAreTones(situation),
    microphoneLive(view),
    onHold(view),
    transferArranged(situation),
  ]).toEqual(signs)
})

test('before the first view there is no call', () => {
  expect([phoneState(undefined), inCall(undefined), speaking(undefined)]).toEqual(['idle', false, false])
})

test('nothing is dialled over a call that rings, whatever stands in the field', () => {
  expect(word(dialGate(at(PHONES.ringing), '6321'))).toBe('rings')
})

test('a tab without the phone, or without the server, does nothing', () => {
  const gatesAt = (changes: Partial<PhoneSituation>): string[] => [
    word(callGate(at(PHONES.ringing, changes), '')),
    word(callGate(at(PHONES.idle, changes), '6321')),
    word(transferGate(at(PHONES.held, changes))),
    word(holdGate(at(PHONES.talking, changes))),
    word(hangUpGate(at(PHONES.talking, changes))),
    word(slotGate(at(PHONES.idle, changes), PARKED)),
  ]
  expect(new Set(gatesAt({ tab: 'other' }))).toEqual(new Set(['other-tab']))
  expect(new Set(gatesAt({ linkUp: false }))).toEqual(new Set(['no-link']))
  expect(keysAreTones(at(PHONES.talking, { tab: 'other' }))).toBe(false)
  expect(word(serverGate(at(PHONES.idle, { linkUp: false })))).toBe('no-link')
})
