import type { CallId, PageId, UserId } from '@tsunagu/contract'
import { beforeEach, describe, expect, test } from 'vitest'
import type { CallEvent } from '../../domain/call/messages.js'
import type { Listening, ListeningEvent } from '../../domain/listening/listening.js'
import { loggedIn } from '../../domain/operator/step.js'
import type { Operator } from '../../domain/operator/operator.js'
import type { Calls } from '../calls/calls.js'
import type { Listenings } from '../listening/listenings.js'
import type { LiveOperators } from '../ports.js'
import { Floor } from '../monitor/floor.js'
import { Operators } from './operators.js'
import { Presence } from './presence.js'

const hanako = '6320' as UserId
const pageA = 'page-a' as PageId
const pageB = 'page-b' as PageId

let operator: Operator | undefined
let told: string[]
let presence: Presence
let online: boolean

beforeEach(() => {
  operator = loggedIn({ id: hanako, name: '花子', extension: '6320', queues: [], at: 0 })
  told = []
  online = false
  const live = {
    load: () => Promise.resolve(operator && { value: operator, version: 1 }),
    save: (next: Operator) => Promise.resolve(Boolean((operator = next))),
  } as unknown as LiveOperators
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
  const records = { noted: () => undefined }
  const quiet = { publish: () => Promise.resolve(), dispatch: () => undefined }
  const operators = new Operators({ live, log, records, changes: new Floor(), ...quiet })
  const calls = {
    handle: (id: CallId, event: CallEvent) => {
      told.push(`${id} ${event.type}${'page' in event ? ` ${event.page}` : ''}`)
      return Promise.resolve({ ok: true })
    },
  } as unknown as Calls
  const listenings = {
    handle: (id: UserId, event: ListeningEvent) => {
      told.push(`${id} ${event.type}${'page' in event ? ` ${event.page ?? 'none'}` : ''}`)
      return Promise.resolve()
    },
  } as unknown as Listenings
  const telephony = {
    isRegistered: (extension: string) => {
      told.push(`${extension} asked for`)
      return Promise.resolve(online)
    },
  }
  presence = new Presence({ operators, calls, listenings, telephony, clock: { now: () => 1_000 } })
})

const inCall = (more: Partial<Operator>): void => {
  operator = { ...operator!, callId: 'c1' as CallId, ...more }
}

test('without a call nobody is told anything', async () => {
  await presence.claim(hanako, pageA)
  await presence.registered(hanako, true, 0)
  await presence.pageGone(hanako, pageA)
  expect(told).toEqual([])
  expect(operator).toMatchObject({ registered: true })
})

test('a page that claims again, its registration being taken, is not left to news that may not come', async () => {
  await presence.claim(hanako, pageA)
  await presence.claim(hanako, pageA)
  expect(operator).toMatchObject({ registered: false })
  online = true
  await presence.claim(hanako, pageA)
  expect(operator).toMatchObject({ registered: true })
  await presence.claim(hanako, pageA)
  expect(told).toEqual(['6320 asked for', '6320 asked for'])
})

test('a listening hears of another page and of a phone that is gone, not of a link that blinks', async () => {
  operator = { ...operator!, page: pageA, registered: true, listening: {} as Listening }
  await presence.registered(hanako, false, 0)
  await presence.registered(hanako, true, 0)
  await presence.pageGone(hanako, pageA)
  expect(told).toEqual(['6320 phone page-a', '6320 phone page-a'])
  told = []
  await presence.registered(hanako, false, 0)
  expect(told).toEqual(['6320 phone none'])
  await presence.claim(hanako, pageB)
  expect(told).toEqual(['6320 phone none', '6320 phone page-b'])
})

test('who is not logged in owns no phone', async () => {
  operator = undefined
  expect(await presence.claim(hanako, pageA)).toEqual({ ok: false, code: 'not-logged-in' })
  await presence.registered(hanako, true, 0)
  expect(told).toEqual([])
})

describe('a call hears that the phone could take a leg', () => {
  test('when the page comes and the phone is registered already', async () => {
    inCall({ registered: true })
    expect(await presence.claim(hanako, pageA)).toEqual({ ok: true })
    expect(told).toEqual(['c1 phone-ready page-a'])
  })

  test('when the phone registers and the page is there already', async () => {
    inCall({ page: pageA })
    await presence.registered(hanako, true, 0)
    expect(told).toEqual(['c1 phone-ready page-a'])
  })

  test('when another page takes the phone over', async () => {
    inCall({ page: pageA, registered: true })
    await presence.claim(hanako, pageB)
    expect(told).toEqual(['c1 phone-ready page-b'])
  })

  test('not from a page alone, nor from a phone alone', async () => {
    inCall({})
    await presence.claim(hanako, pageA)
    inCall({ registered: false })
    delete operator!.page
    await presence.registered(hanako, true, 0)
    expect(told).toEqual([])
  })
})

describe('a call hears that the browser is no more', () => {
  test('when page and registration are both gone, whichever goes last', async () => {
    inCall({ page: pageA, registered: true })
    await presence.pageGone(hanako, pageA)
    expect(told).toEqual([])
    await presence.registered(hanako, false, 0)
    expect(told).toEqual(['c1 phone-gone'])
    inCall({ page: pageA, registered: true })
    await presence.registered(hanako, false, 0)
    await presence.pageGone(hanako, pageA)
    expect(told).toEqual(['c1 phone-gone', 'c1 phone-gone'])
  })

  test('once, however often it is said', async () => {
    inCall({ page: pageA, registered: true })
    await presence.registered(hanako, false, 0)
    await presence.registered(hanako, false, 0)
    await presence.pageGone(hanako, pageA)
    await presence.pageGone(hanako, pageA)
    expect(told).toEqual(['c1 phone-gone'])
  })

  test('not when a page goes that owned nothing', async () => {
    inCall({ page: pageA })
    await presence.pageGone(hanako, pageB)
    expect(told).toEqual([])
    expect(operator?.page).toBe(pageA)
  })
})
