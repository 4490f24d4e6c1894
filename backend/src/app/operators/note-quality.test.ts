import type { CallId, LegId, PageId, QualityBody, UserId } from '@tsunagu/contract'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Call } from '../../domain/call/call.js'
import type { QualityEntry } from '../ports.js'
import { noteQuality, type QualityDeps } from './note-quality.js'

const hanako = '6320' as UserId
const owner = 'page-that-owns' as PageId
const measures = { average: 4.2, minimum: 3.1, cause: 'loss', measuredMs: 12_000 } as const
const reportOf = (leg: string): QualityBody => ({ leg, ...measures })

let call: object | undefined
let page: PageId | undefined
let kept: QualityEntry[]
let deps: QualityDeps

beforeEach(() => {
  call = { id: 'c1', status: 'talking', operatorId: hanako, leg: { id: 'c1:leg:2' } }
  page = owner
  kept = []
  deps = {
    live: { load: () => Promise.resolve({ value: { id: hanako, page }, version: 1 }) },
    liveCalls: {
      load: (id: CallId) =>
        Promise.resolve(id === 'c1' && call ? { value: call as Call, version: 1 } : undefined),
    },
    quality: { record: (entry: QualityEntry) => void kept.push(entry) },
    clock: { now: () => 1_000 },
  } as unknown as QualityDeps
})

const note = (leg: string, from = owner) =>
  noteQuality(deps, { operator: hanako, page: from, report: reportOf(leg) })

test('a report of the leg that is up is kept with call, operator and leg', async () => {
  expect(await note('c1:leg:2')).toEqual({ ok: true })
  const leg = 'c1:leg:2' as LegId
  expect(kept).toEqual([{ callId: 'c1', operator: hanako, leg, ...measures, at: 1_000, first: true }])
})

describe('only changes what is there', () => {
  test.each([
    ['when the call is over', () => (call = undefined)],
    ['when it has ended a moment ago', () => (call = { id: 'c1', status: 'ended', operatorId: hanako })],
    ['when it is another operator’s', () => (call = { ...call, operatorId: '6321' })],
    ['of a leg that the call does not have', () => (call = { ...call, leg: { id: 'c1:leg:3' } })],
    ['between two legs', () => (call = { id: 'c1', status: 'stranded', operatorId: hanako })],
  ])('%s', async (_, change) => {
    change()
    expect(await note('c1:leg:2')).toEqual({ ok: true })
    expect(kept.map(({ first }) => first)).toEqual([false])
  })
})

test('another page than the owner is refused; after a restart nobody owns it, and any may report', async () => {
  expect(await note('c1:leg:2', 'page-that-shows' as PageId)).toEqual({ ok: false, code: 'not-phone-owner' })
  expect(kept).toEqual([])
  page = undefined
  expect(await note('c1:leg:2', 'page-that-shows' as PageId)).toEqual({ ok: true })
})

test('what is no leg’s name is of no call', async () => {
  expect(await note('c1:talk-show')).toEqual({ ok: false, code: 'no-call' })
  expect(kept).toEqual([])
})
