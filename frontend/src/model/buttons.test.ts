import type { OperatorView, UserId } from '@tsunagu/contract'
import { expect, test } from 'vitest'
import {
  callGate,
  hangUpGate,
  holdGate,
  slotGate,
  hangUpShown,
  keysAreTones,
  serverGate,
  type PhoneSituation,
} from './buttons'
import { inCall, microphoneLive, phoneState } from './phone-state'
import { callWith, viewWith } from './test-view'

const situation = (changes: Partial<PhoneSituation> = {}): PhoneSituation => ({
  view: viewWith(),
  linkUp: true,
  tab: 'owner',
  ...changes,
})
const ringing = viewWith({ call: callWith(), status: { kind: 'ringing', since: 1 } })
const talking = viewWith({ call: callWith({ phase: 'talking' }), status: { kind: 'talking', since: 1 } })
const rejoining = viewWith({ call: callWith({ phase: 'rejoining' }), status: { kind: 'talking', since: 1 } })

test('the phone says what it is doing', () => {
  expect(phoneState(undefined)).toBe('idle')
  expect(phoneState(viewWith())).toBe('idle')
  expect(phoneState(ringing)).toBe('ringing')
  expect(phoneState(talking)).toBe('talking')
  expect(phoneState(rejoining)).toBe('talking')
  expect(phoneState(viewWith({ status: { kind: 'dialling', since: 1 } }))).toBe('dialling')
  expect(phoneState(viewWith({ call: callWith({ phase: 'held' }) }))).toBe('held')
})

test('the microphone is live in a call and never while it rings', () => {
  expect(microphoneLive(viewWith())).toBe(false)
  expect(microphoneLive(ringing)).toBe(false)
  expect(microphoneLive(talking)).toBe(true)
  expect(inCall(rejoining)).toBe(true)
})

test('the call button answers what rings and is dimmed otherwise', () => {
  expect(callGate(situation())).toEqual({ open: false, why: 'nothing-rings' })
  expect(callGate(situation({ view: ringing }))).toEqual({ open: true })
  expect(callGate(situation({ view: talking }))).toEqual({ open: false, why: 'nothing-rings' })
})

test('a tab without the phone, or without the server, answers nothing', () => {
  expect(callGate(situation({ view: ringing, tab: 'other' }))).toEqual({ open: false, why: 'other-tab' })
  expect(callGate(situation({ view: ringing, linkUp: false }))).toEqual({ open: false, why: 'no-link' })
  expect(hangUpGate(situation({ view: talking, tab: 'other' }))).toEqual({ open: false, why: 'other-tab' })
  expect(serverGate(situation({ linkUp: false }))).toEqual({ open: false, why: 'no-link' })
})

test('the hang-up button is there while a call rings or is up', () => {
  expect(hangUpShown(situation())).toBe(false)
  expect(hangUpShown(situation({ view: ringing }))).toBe(true)
  expect(hangUpShown(situation({ view: rejoining }))).toBe(true)
})

test('keys are tones only to somebody', () => {
  expect(keysAreTones(situation())).toBe(false)
  expect(keysAreTones(situation({ view: ringing }))).toBe(false)
  expect(keysAreTones(situation({ view: talking }))).toBe(true)
  expect(keysAreTones(situation({ view: talking, tab: 'other' }))).toBe(false)
})

test('保留: in a talk, and on hold to resume', () => {
  const held = viewWith({ call: callWith({ phase: 'held' }) })
  const gate = (view: OperatorView) => holdGate({ view, linkUp: true, tab: 'owner' })
  expect(gate(talking)).toEqual({ open: true })
  expect(gate(held)).toEqual({ open: true })
  expect(gate(ringing)).toEqual({ open: false, why: 'no-talk' })
  expect(gate(viewWith())).toEqual({ open: false, why: 'no-talk' })
})

test('パーク保留: a free slot takes the present call, a taken one gives its call to whoever has none', () => {
  const parked = { slot: 3, since: 1, by: { id: '6321' as UserId, name: '鈴木 太郎' } } as const
  const gate = (view: OperatorView, there: boolean) =>
    slotGate({ view, linkUp: true, tab: 'owner' }, there ? parked : undefined)
  expect(gate(talking, false)).toEqual({ open: true })
  expect(gate(talking, true)).toEqual({ open: false, why: 'busy' })
  expect(gate(viewWith(), true)).toEqual({ open: true })
  expect(gate(viewWith(), false)).toEqual({ open: false, why: 'slot-free' })
})
