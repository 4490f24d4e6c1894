import { describe, expect, test } from 'vitest'
import { decode } from './decode.js'

const timestamp = '2026-11-22T14:03:27.547+0900'
const at = Date.parse(timestamp)
const caller = {
  id: 'tsunagu-1.0',
  name: 'PJSIP/trunk-00000000',
  state: 'Ring',
  caller: { name: '', number: '09011111111' },
  dialplan: { context: 'from-trunk', exten: '0350600025', priority: 2 },
}
const leg = { id: 'tsunagu-1.0:leg:1', name: 'PJSIP/6320-00000001', state: 'Up' }
const spy = { id: 'hear-6301-a1:spy:2', name: 'Snoop/tsunagu-1.0:leg:1-00000002', state: 'Up' }
const call = { application: 'tsunagu', timestamp }
const presence = { application: 'tsunagu-presence', timestamp }

/** Frames as Asterisk 22.10.1 sends them, down to what we read; recorded whole in test/ari-streams. */
const TABLE: [told: string, frame: object, event: object | undefined][] = [
  [
    'a caller comes in',
    { type: 'StasisStart', ...call, args: ['inbound', '0350600025'], channel: caller },
    {
      type: 'caller-entered',
      at,
      channel: 'tsunagu-1.0',
      dialled: '0350600025',
      callerNumber: '09011111111',
      up: false,
    },
  ],
  [
    'a caller who was answered by the dialplan already',
    { type: 'StasisStart', ...call, args: ['inbound', '0350600025'], channel: { ...caller, state: 'Up' } },
    expect.objectContaining({ type: 'caller-entered', up: true }),
  ],
  [
    'a caller who withholds his number, into an application without the number dialled',
    { type: 'StasisStart', ...call, args: ['inbound'], channel: { ...caller, caller: { number: '' } } },
    expect.objectContaining({ type: 'caller-entered', dialled: '0350600025', callerNumber: '' }),
  ],
  [
    'a leg has been accepted',
    { type: 'StasisStart', ...call, args: ['leg'], channel: leg },
    { type: 'leg-up', at, leg: leg.id },
  ],
  [
    'a channel that came for something else',
    { type: 'StasisStart', ...call, args: [], channel: leg },
    undefined,
  ],
  [
    'a channel has left us',
    { type: 'StasisEnd', ...call, channel: caller },
    { type: 'channel-gone', at, channel: caller.id, why: 'unreachable' },
  ],
  ['a spy has left us, and hangs on the leg yet', { type: 'StasisEnd', ...call, channel: spy }, undefined],
  [
    'a spy has let go of the leg',
    { type: 'ChannelDestroyed', ...call, channel: spy, cause: 16 },
    { type: 'channel-gone', at, channel: spy.id, why: 'unreachable' },
  ],
  [
    'a channel is no more',
    { type: 'ChannelDestroyed', ...call, channel: leg, cause: 17, cause_txt: 'User busy', tech_cause: 486 },
    { type: 'channel-gone', at, channel: leg.id, why: 'busy' },
  ],
  [
    'a phone registers',
    { type: 'EndpointStateChange', ...presence, endpoint: { resource: '6320', state: 'online' } },
    { type: 'phone-registered', at, extension: '6320', registered: true },
  ],
  [
    'a phone is gone',
    { type: 'EndpointStateChange', ...presence, endpoint: { resource: '6320', state: 'offline' } },
    { type: 'phone-registered', at, extension: '6320', registered: false },
  ],
  [
    'a phone of which Asterisk knows nothing yet',
    { type: 'EndpointStateChange', ...presence, endpoint: { resource: '6320' } },
    { type: 'phone-registered', at, extension: '6320', registered: false },
  ],
]

test.each(TABLE)('%s', (_told, frame, event) => {
  expect(decode(frame)).toEqual(event)
})

describe('is told once, on the application it belongs to', () => {
  test.each([
    { type: 'StasisEnd', ...presence, channel: caller },
    { type: 'ChannelDestroyed', ...presence, channel: caller, cause: 16 },
    { type: 'EndpointStateChange', ...call, endpoint: { resource: '6320', state: 'online' } },
    { type: 'StasisEnd', application: 'another', timestamp, channel: caller },
  ])('$type on $application is not', (frame) => {
    expect(decode(frame)).toBeUndefined()
  })
})

describe('what is not used, not known or out of shape is nothing', () => {
  test.each([
    ['a type nobody knows', { type: 'ChannelTeleported', ...call, channel: caller }],
    ['one that is not used', { type: 'ChannelStateChange', ...call, channel: caller }],
    ['no type', { ...call, channel: caller }],
    ['no channel', { type: 'StasisEnd', ...call }],
    ['a channel without a name', { type: 'StasisEnd', ...call, channel: { state: 'Up' } }],
    ['arguments that are no list', { type: 'StasisStart', ...call, args: 'inbound', channel: caller }],
    ['no time', { type: 'StasisEnd', application: 'tsunagu', channel: caller }],
    ['a time that is none', { type: 'StasisEnd', application: 'tsunagu', timestamp: 'now', channel: caller }],
    ['a list', []],
    ['a number', 7],
    ['null', null],
  ])('%s', (_why, frame) => {
    expect(decode(frame)).toBeUndefined()
  })
})
