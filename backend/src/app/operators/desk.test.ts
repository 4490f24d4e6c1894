import type { CallId, PageId, UserId } from '@tsunagu/contract'
import { beforeEach, describe, expect, test } from 'vitest'
import type { CallEvent } from '../../domain/call/messages.js'
import { loggedIn } from '../../domain/operator/step.js'
import type { Operator } from '../../domain/operator/operator.js'
import { Desk, type DeskDeps } from './desk.js'

const hanako = '6320' as UserId
const owner = 'page-that-owns' as PageId
const other = 'page-that-shows' as PageId

let operator: Operator
let asked: string[]
let desk: Desk

beforeEach(() => {
  operator = {
    ...loggedIn({ id: hanako, name: '花子', extension: '6320', queues: [], at: 0 }),
    callId: 'c1' as CallId,
    page: owner,
  }
  asked = []
  const deps = {
    live: { load: () => Promise.resolve({ value: operator, version: 1 }) },
    liveCalls: {
      load: (id: CallId) => Promise.resolve({ value: { id, far: id, status: 'talking' }, version: 1 }),
    },
    calls: {
      handle: (id: CallId, event: CallEvent) => {
        asked.push(`${id} ${event.type}`)
        return Promise.resolve({ ok: true })
      },
    },
    telephony: {
      sendDtmf: (channel: string, digits: string) => {
        asked.push(`${channel} ${digits}`)
        return Promise.resolve({ ok: true })
      },
    },
    clock: { now: () => 1_000 },
  }
  desk = new Desk(deps as unknown as DeskDeps)
})

const requests: [string, string, (page: PageId) => Promise<unknown>][] = [
  ['answering', 'c1 answer', (page) => desk.answer(hanako, page)],
  ['hanging up', 'c1 hang-up', (page) => desk.hangUp(hanako, page)],
  ['hanging up the target', 'c1 drop-target', (page) => desk.dropTarget(hanako, page)],
  ['tones', 'c1 12#', (page) => desk.sendDtmf(hanako, page, '12#')],
]

describe.each(requests)('%s', (_, words, ask) => {
  test('is done for the page that owns the phone', async () => {
    expect(await ask(owner)).toEqual({ ok: true })
    expect(asked).toEqual([words])
  })

  test('is refused to another page than the owner', async () => {
    expect(await ask(other)).toEqual({ ok: false, code: 'not-phone-owner' })
    expect(asked).toEqual([])
  })

  test('is any page’s while none owns the phone, as after a restart', async () => {
    delete operator.page
    expect(await ask(other)).toEqual({ ok: true })
    expect(asked).toEqual([words])
  })

  test('is refused without a call', async () => {
    delete operator.callId
    expect(await ask(owner)).toEqual({ ok: false, code: 'no-call' })
  })
})
