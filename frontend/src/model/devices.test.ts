import { expect, test } from 'vitest'
import {
  choicesFrom,
  comingsAndGoings,
  devicesOfKind,
  resolveAll,
  resolveDevice,
  type Device,
} from './devices'

const headset: Device = { id: 'h1', label: 'Headset' }
const desk: Device = { id: 'd1', label: 'Desk speaker' }

const listed = (deviceId: string, kind: string, label = deviceId) => ({ deviceId, kind, label })

test('each kind has its own list, without the stand-ins for the system’s choice', () => {
  const all = [
    listed('default', 'audioinput'),
    listed('communications', 'audioinput'),
    listed('m1', 'audioinput'),
    listed('c1', 'videoinput'),
    listed('s1', 'audiooutput', 'Speaker'),
  ]
  expect(devicesOfKind(all, 'audioinput')).toEqual([{ id: 'm1', label: 'm1' }])
  expect(devicesOfKind(all, 'audiooutput')).toEqual([{ id: 's1', label: 'Speaker' }])
})

test('devices without names are not told yet; none at all are none', () => {
  expect(devicesOfKind([listed('', 'audioinput')], 'audioinput')).toBeUndefined()
  expect(devicesOfKind([], 'audioinput')).toEqual([])
})

test.each([
  ['nothing chosen', undefined, [headset], { standing: 'default', id: '' }],
  ['there under its id', headset, [desk, headset], { standing: 'there', id: 'h1' }],
  ['there under a new id', headset, [desk, { ...headset, id: 'h2' }], { standing: 'there', id: 'h2' }],
  [
    'the id counts before the label',
    headset,
    [
      { id: 'h2', label: 'Headset' },
      { id: 'h1', label: 'Kopfhörer' },
    ],
    { standing: 'there', id: 'h1' },
  ],
  ['pulled out', headset, [desk], { standing: 'away', id: '' }],
  ['all pulled out', headset, [], { standing: 'away', id: '' }],
  ['not told yet', headset, undefined, { standing: 'unknown', id: 'h1' }],
] as const)('a choice is found: %s', (...[, chosen, plugged, expected]) => {
  expect(resolveDevice(chosen, plugged && [...plugged])).toEqual(expected)
})

test('a headset that is pulled out goes for every role it had, and comes back for all', () => {
  const choices = { microphone: headset, speaker: headset, ringer: desk }
  const full = resolveAll(choices, { inputs: [headset], outputs: [headset, desk] })
  const without = resolveAll(choices, { inputs: [], outputs: [desk] })
  expect(comingsAndGoings(full, without)).toEqual({ gone: ['microphone', 'speaker'], back: [] })
  expect(comingsAndGoings(without, full)).toEqual({ gone: [], back: ['microphone', 'speaker'] })
  expect(comingsAndGoings(without, without)).toEqual({ gone: [], back: [] })
})

test('what is missing from the start is told, what merely becomes known is not', () => {
  const choices = { microphone: headset }
  const unknown = resolveAll(choices, { inputs: undefined, outputs: undefined })
  const away = resolveAll(choices, { inputs: [], outputs: [] })
  const there = resolveAll(choices, { inputs: [headset], outputs: [] })
  expect(comingsAndGoings(unknown, away)).toEqual({ gone: ['microphone'], back: [] })
  expect(comingsAndGoings(unknown, there)).toEqual({ gone: [], back: [] })
})

test('only whole choices are taken up again', () => {
  expect(choicesFrom({ microphone: headset, speaker: { id: 7 }, ringer: { id: '' }, more: desk })).toEqual({
    microphone: headset,
  })
  for (const nothing of [null, 7, 'x', [], { speaker: null }]) expect(choicesFrom(nothing)).toEqual({})
})
