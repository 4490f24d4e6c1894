import type { CallId, LegId, PageId, QueueId, UserId } from '@tsunagu/contract'
import { describe, expect, test } from 'vitest'
import { legOf, VISIT } from '../../../test/support/call-samples.js'
import { freeOperator } from '../../../test/support/people.js'
import type { Call } from '../../domain/call/call.js'
import { DEFAULT_DIAL_RULES } from '../../domain/dialling/dial-rules.js'
import type { Directory } from '../ports.js'
import { directoryParts, toOperatorView, type ViewParts } from './operator-view.js'

const hanako = '6320' as UserId
const operator = freeOperator('6320', { name: '花子' })
const queue = { id: 'main' as QueueId, name: '代表', numbers: ['0350600025'], ringMs: 20_000 }
const leg = legOf(1)
const held = { operatorId: hanako, waitedMs: 900 }
const offered: Call = { ...VISIT, ...held, status: 'offered', leg, expiresAt: 22_000, answered: false }
const connecting: Call = { ...VISIT, ...held, status: 'connecting', leg }
const talking: Call = { ...VISIT, ...held, status: 'talking', leg }
const stranded: Call = {
  ...VISIT,
  ...held,
  status: 'stranded',
  since: 9_000,
  talkingSince: 2_000,
  until: 39_000,
}
const waiting: Call = { ...VISIT, status: 'waiting' }
const ended: Call = { ...VISIT, status: 'ended', reason: 'caller-hung-up', operatorId: hanako, channels: [] }

const viewOf = (parts: Partial<ViewParts> = {}) =>
  toOperatorView({
    operator,
    call: undefined,
    queue: undefined,
    extensions: new Map(),
    heardBy: [],
    names: new Map(),
    outside: { numbers: [] },
    works: ['研修'],
    now: 5_000,
    seq: 7,
    ...parts,
  })

test('a supervisor is one, and is called by his extension', () => {
  const chiefId = 'sv1' as UserId
  const call: Call = {
    id: 'c2' as CallId,
    status: 'internal',
    legs: 2,
    since: 2_000,
    expiresAt: 22_000,
    pressed: true,
    talkingSince: 3_000,
    ends: [{ operatorId: chiefId }, { operatorId: hanako }],
  }
  const extensions = new Map([[chiefId, '6301']])
  const names = new Map([['6301', '山本 直子']])
  expect(viewOf({ call, extensions, names }).call).toMatchObject({ number: '6301', name: '山本 直子' })
  const chief = { ...operator, id: chiefId, extension: '6301', supervises: true as const }
  const { me, call: his } = viewOf({ operator: chief, call, extensions })
  expect(me).toMatchObject({ id: 'sv1', role: 'supervisor', extension: '6301' })
  expect(his).toMatchObject({ number: '6320', direction: 'out' })
})

test('who is in his call, where the site tells; and of a supervisor, in whose call he is', () => {
  const heardBy = [{ id: 'sv1' as UserId, name: '山本 直子', mode: 'whisper' as const }]
  expect(viewOf({ heardBy }).heardBy).toEqual([{ name: '山本 直子', mode: 'whisper' }])
  expect(viewOf()).not.toHaveProperty('heardBy')
  const whom = { id: hanako, name: '花子', extension: '6320' }
  const ear = { id: 'hear-6301-x:ear:1' as LegId, up: true, page: 'page-a' as PageId, dueAt: 9 }
  const listening = {
    id: 'hear-6301-x',
    operator: whom,
    callId: 'c1' as CallId,
    mode: 'barge',
    since: 3,
    ear,
    spies: 0,
  } as const
  const view = viewOf({ operator: { ...operator, listening } })
  expect(view.listening).toEqual({ operator: whom, mode: 'barge', since: 3, up: false })
  expect(view.leg).toBe(ear.id)
})

test('without a call', () => {
  expect(viewOf()).toEqual({
    seq: 7,
    now: 5_000,
    me: { id: hanako, name: '花子', role: 'operator', extension: '6320' },
    status: { kind: 'ready', since: 1_000 },
    works: ['研修'],
    phone: { registered: true, owner: 'page-one' },
    outside: { numbers: [] },
  })
})

test('the call, with what the directory knows of it, and the one leg the page may accept', () => {
  const view = viewOf({ call: offered, queue, names: new Map([['09011111111', '山田']]) })
  expect(view.leg).toBe(leg.id)
  expect(view.call).toEqual({
    id: 'c1',
    phase: 'ringing',
    direction: 'in',
    internal: false,
    number: '09011111111',
    name: '山田',
    queue: { id: 'main', name: '代表', number: '0350600025' },
    since: 2_000,
    waitedMs: 900,
  })
})

test.each([
  [offered, 'ringing'],
  [connecting, 'ringing'],
  [talking, 'talking'],
  [stranded, 'rejoining'],
] as const)('$status is shown as %s', (call, phase) => {
  expect(viewOf({ call }).call?.phase).toBe(phase)
})

test('the clock of a talk goes on while the operator rejoins', () => {
  expect(viewOf({ call: stranded }).call?.since).toBe(2_000)
})

describe('a call that is not (or no longer) his is not shown, nor its leg', () => {
  const another = '6321' as UserId
  test.each([waiting, ended, { ...offered, operatorId: another }, { ...talking, operatorId: another }])(
    '$status',
    (call) => {
      const view = viewOf({ call, queue, names: new Map([['09011111111', '山田']]) })
      expect(view).not.toHaveProperty('call')
      expect(view).not.toHaveProperty('leg')
    },
  )
})

test('a withheld number is absent, not empty', () => {
  expect(viewOf({ call: { ...offered, callerNumber: '' } }).call).not.toHaveProperty('number')
})

test('nothing that is undefined goes over the wire', () => {
  const { page: _gone, ...without } = operator
  const { leg: _lost, ...between } = offered
  const view = viewOf({ operator: without, call: between })
  expect(view.phone).toEqual({ registered: true })
  expect(JSON.parse(JSON.stringify(view))).toEqual(view)
  expect(view).not.toHaveProperty('leg')
})

test('the status chosen for after the call', () => {
  expect(viewOf({ operator: { ...operator, next: { kind: 'lunch' } } }).next).toEqual({ kind: 'lunch' })
})

test('the directory is asked for a name only where there is a number', async () => {
  const asked: string[] = []
  const directory: Directory = {
    user: () => Promise.resolve(undefined),
    userAt: () => Promise.resolve(undefined),
    queues: () => Promise.resolve([queue]),
    nameOf: (number) => Promise.resolve(void asked.push(number) as undefined),
    works: () => Promise.resolve(['研修']),
    showsListeners: () => Promise.resolve(false),
    dialRules: () => Promise.resolve(DEFAULT_DIAL_RULES),
  }
  expect(await directoryParts(directory, operator, { ...waiting, callerNumber: '' })).toMatchObject({ queue })
  expect(await directoryParts(directory, operator, undefined)).toMatchObject({
    queue: undefined,
    works: ['研修'],
  })
  expect(asked).toEqual([])
  await directoryParts(directory, operator, waiting)
  expect(asked).toEqual(['09011111111'])
})

test('a caller who sends an extension as his number gets no colleague’s name', async () => {
  const directory = {
    userAt: () => Promise.resolve({ name: '佐藤 花子' }),
    queues: () => Promise.resolve([queue]),
    nameOf: () => Promise.resolve('佐藤 花子'),
    works: () => Promise.resolve([]),
  } as unknown as Directory
  const parts = await directoryParts(directory, operator, { ...waiting, callerNumber: '6320' })
  expect([...parts.names]).toEqual([])
})
