import { expect, test } from 'vitest'
import { callGate, hangUpGate, hangUpShown, keysAreTones, serverGate, type PhoneSituation } from './buttons'
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
  expect(phoneState({ ...talking, status: { kind: 'held', since: 1 } })).toBe('held')
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
