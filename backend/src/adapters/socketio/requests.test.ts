import { pageId, userId, type Ack } from '@tsunagu/contract'
import { expect, test } from 'vitest'
import type { MonitorDesk } from '../../app/monitor/monitor-desk.js'
import type { OperatorDesk } from '../../app/operators/operator-desk.js'
import type { User } from '../../app/ports.js'
import { requestNamed } from './requests.js'

const QUALITY = { leg: 'c1:leg:1', average: 4.2, minimum: 3.1, cause: 'loss', measuredMs: 12_000 }
const user = { id: userId('6320'), role: 'operator' } as User
const supervisor = { id: userId('sv1'), name: '山本 直子', role: 'supervisor' } as User
const asker = { user, page: pageId('page-0001'), show: () => undefined }
type Asker = typeof asker

/** Writes down what it was asked. */
function listener(who: Asker = asker) {
  const asked: unknown[][] = []
  const desk = new Proxy({} as OperatorDesk, {
    get:
      (_, name) =>
      async (...args: unknown[]): Promise<Ack> => {
        asked.push([name, ...args])
        return { ok: true }
      },
  })
  const desks = { desk, monitor: desk as unknown as MonitorDesk }
  const ask = (event: string, ...content: unknown[]) => {
    const { user } = who
    const request = requestNamed(event, user.role)
    return typeof request === 'string' ? request : request(desks, who, content)
  }
  return { ask, asked }
}

test('every request reaches the desk with who asked', async () => {
  const { ask, asked } = listener()
  await ask('status:choose', { kind: 'other-work', work: '研修' })
  await ask('status:cancel-next')
  await ask('phone:claim')
  await ask('phone:release')
  await ask('call:answer')
  await ask('call:hangup')
  await ask('call:drop-target')
  await ask('call:dtmf', { digits: '12#' })
  await ask('call:quality', QUALITY)
  expect(asked).toEqual([
    ['choose', '6320', { kind: 'other-work', work: '研修' }],
    ['cancelNext', '6320'],
    ['claimPhone', '6320', 'page-0001'],
    ['releasePhone', '6320', 'page-0001'],
    ['answer', '6320', 'page-0001'],
    ['hangUp', '6320', 'page-0001'],
    ['dropTarget', '6320', 'page-0001'],
    ['sendDtmf', '6320', 'page-0001', '12#'],
    ['noteQuality', '6320', 'page-0001', QUALITY],
  ])
})

test('every request of a supervisor reaches the monitor with who asked', async () => {
  const { ask, asked } = listener({ ...asker, user: supervisor })
  const operatorId = '6320'
  await ask('alert:acknowledge', { operatorId })
  await ask('monitor:choose', { operatorId, choice: { kind: 'preparing' } })
  await ask('monitor:end-wrap-up', { operatorId })
  await ask('monitor:log-out', { operatorId, when: 'after-call' })
  await ask('monitor:take-over', { operatorId })
  await ask('monitor:move', { callId: 'c1', queueId: 'support' })
  await ask('monitor:front', { callId: 'c1' })
  await ask('monitor:take', { callId: 'c1' })
  await ask('monitor:listen', { operatorId, mode: 'whisper' })
  await ask('monitor:stop')
  expect(asked).toEqual([
    ['acknowledgeAlert', supervisor, '6320'],
    ['choose', supervisor, '6320', { kind: 'preparing' }],
    ['endWrapUp', supervisor, '6320'],
    ['logOut', supervisor, '6320', 'after-call'],
    ['takeOver', supervisor, '6320'],
    ['move', supervisor, 'c1', 'support'],
    ['front', supervisor, 'c1'],
    ['take', supervisor, 'c1'],
    ['listen', 'sv1', 'page-0001', { operatorId: '6320', mode: 'whisper' }],
    ['stopListening', 'sv1', 'page-0001'],
  ])
})

test.each([
  ['monitor:choose', [{ operatorId: '6320', choice: { kind: 'talking' } }]],
  ['monitor:choose', [{ choice: { kind: 'ready' } }]],
  ['monitor:log-out', [{ operatorId: '6320', when: 'tomorrow' }]],
  ['monitor:log-out', [{ operatorId: '6320' }]],
  ['monitor:move', [{ callId: 'c1' }]],
  ['monitor:take', [{ callId: '' }]],
  ['monitor:listen', [{ operatorId: '6320', mode: 'shout' }]],
  ['monitor:front', [{ callId: 'c1', by: 'me' }]],
  ['board:resync', [{}]],
])('%s with %j is no request of a supervisor', async (event, content) => {
  const { ask, asked } = listener({ ...asker, user: supervisor })
  expect(await ask(event, ...content)).toEqual({ ok: false, code: 'bad-request' })
  expect(asked).toEqual([])
})

test.each([
  ['status:choose', [{ kind: 'asleep' }]],
  ['status:choose', [{ kind: 'ready', work: '研修' }]],
  ['status:choose', [{ kind: 'other-work' }]],
  ['status:choose', [{ kind: 'other-work', work: 'x'.repeat(41) }]],
  ['status:choose', []],
  ['status:choose', [null]],
  ['status:choose', [{ kind: 'ready' }, 'more']],
  ['phone:claim', ['leg']],
  ['call:dtmf', [{ digits: '' }]],
  ['call:dtmf', [{ digits: '1'.repeat(33) }]],
  ['call:dtmf', [{ digits: 'ABC' }]],
  ['call:answer', [{}]],
  ['call:quality', [{ ...QUALITY, leg: '' }]],
  ['call:quality', [{ ...QUALITY, average: 0.9 }]],
  ['call:quality', [{ ...QUALITY, minimum: 4.6 }]],
  ['call:quality', [{ ...QUALITY, minimum: Number.NaN }]],
  ['call:quality', [{ ...QUALITY, cause: 'weather' }]],
  ['call:quality', [{ ...QUALITY, measuredMs: -1 }]],
  ['call:quality', [{ ...QUALITY, operator: '6321' }]],
])('%s with %j is no request', async (event, content) => {
  const { ask, asked } = listener()
  expect(await ask(event, ...content)).toEqual({ ok: false, code: 'bad-request' })
  expect(asked).toEqual([])
})

test.each(['call:fly', 'constructor', '__proto__', ''])('nobody answers to %s', (event) => {
  expect(requestNamed(event, 'operator')).toBe('unknown')
})

test('what a role may not ask is forbidden to it', () => {
  expect(requestNamed('alert:acknowledge', 'operator')).toBe('forbidden')
  expect(requestNamed('monitor:log-out', 'operator')).toBe('forbidden')
  expect(requestNamed('board:resync', 'administrator')).toBe('forbidden')
  expect(requestNamed('status:choose', 'supervisor')).toBe('forbidden')
  expect(requestNamed('alert:set', 'supervisor')).toBe('forbidden')
  expect(requestNamed('call:answer', 'supervisor')).toBeTypeOf('function')
  expect(requestNamed('call:answer', 'administrator')).toBe('forbidden')
  expect(requestNamed('alert:acknowledge', 'supervisor')).toBeTypeOf('function')
})
