import { userId } from '@tsunagu/contract'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test } from 'vitest'
import { viewWith } from '../model/test-view'
import { useClockStore } from './clock'
import { useDeskStore } from './desk'
import { useNoticeStore } from './notices'
import { useOperatorStore } from './operator'
import { usePreferenceStore } from './preferences'
import { useSessionStore } from './session'

beforeEach(() => setActivePinia(createPinia()))

test('an older view that arrives late is dropped', () => {
  const operator = useOperatorStore()
  expect(operator.take(viewWith({ seq: 5 }), 10_000)).toBe(true)
  expect(operator.take(viewWith({ seq: 4 }), 10_000)).toBe(false)
  expect(operator.view?.seq).toBe(5)
})

test('over a new connection the count goes on, and the clock’s offset begins again', () => {
  const operator = useOperatorStore()
  operator.take(viewWith({ seq: 5, now: 10_000 }), 4_000)
  operator.linkIs('lost')
  expect(operator.view?.seq).toBe(5)
  operator.linkIs('up')
  expect(operator.take(viewWith({ seq: 4, now: 10_000 }), 9_000)).toBe(false)
  expect(operator.take(viewWith({ seq: 6, now: 10_000 }), 9_000)).toBe(true)
  expect(operator.offset).toBe(1_000)
  expect(operator.linkUp).toBe(true)
})

test('nothing of one operator is left for the next', () => {
  const operator = useOperatorStore()
  operator.linkIs('up')
  operator.take(viewWith(), 10_000)
  operator.forget()
  expect([operator.view, operator.offset, operator.link]).toEqual([undefined, undefined, 'connecting'])
})

test('the session remembers why it ended until somebody logs in', () => {
  const session = useSessionStore()
  session.begin({ me: { id: userId('6320'), name: '佐藤 花子', role: 'operator' }, timeZone: 'Asia/Tokyo' })
  session.end('forced')
  expect([session.me, session.endedBecause]).toEqual([undefined, 'forced'])
  session.begin({ me: { id: userId('6320'), name: '佐藤 花子', role: 'operator' }, timeZone: 'Asia/Tokyo' })
  expect(session.endedBecause).toBeUndefined()
})

test('the same notice is not stacked, and no more than three stand at once', () => {
  const notices = useNoticeStore()
  notices.show({ key: 'refusal.in-call' })
  notices.show({ key: 'refusal.stale' })
  notices.show({ key: 'refusal.in-call' })
  expect(notices.notices.map(({ key }) => key)).toEqual(['refusal.stale', 'refusal.in-call'])
  notices.show({ key: 'refusal.fault' })
  const last = notices.show({ key: 'refusal.no-answer' })
  expect(notices.notices).toHaveLength(3)
  notices.dismiss(last)
  expect(notices.notices.map(({ key }) => key)).toEqual(['refusal.in-call', 'refusal.fault'])
})

test('a notice is said as well, and the same words said again count as new', () => {
  const notices = useNoticeStore()
  notices.show({ key: 'refusal.in-call' })
  const first = notices.said.alert?.id
  notices.show({ key: 'refusal.in-call' })
  expect(notices.said.alert?.id).not.toBe(first)
  notices.say('polite', { key: 'announce.talking' })
  expect(notices.said.alert?.sentences).toEqual([{ key: 'refusal.in-call' }])
  notices.clear()
  expect(notices.said).toEqual({ polite: undefined, alert: undefined })
})

test('a seat that is left is as it was before anybody sat there', () => {
  const desk = useDeskStore()
  desk.tab = 'owner'
  desk.microphone = 'ready'
  desk.sipRegistered = true
  desk.clear()
  expect([desk.tab, desk.microphone, desk.sipRegistered]).toEqual(['waiting', 'unknown', false])
})

test('the page starts in Japanese, in the system’s theme, at no time yet', () => {
  const preferences = usePreferenceStore()
  const clock = useClockStore()
  clock.tick(5_000)
  expect([preferences.locale, preferences.theme, clock.now]).toEqual(['ja', 'auto', 5_000])
})
