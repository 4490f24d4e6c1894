import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test } from 'vitest'
import { i18n, prepared, text } from '../i18n'
import ja from '../locales/ja.json'
import { callWith, viewWith } from '../model/test-view'
import { useNoticeStore } from '../stores/notices'
import { announceChanges } from './announce'

i18n.global.setLocaleMessage('ja', prepared(ja))
beforeEach(() => setActivePinia(createPinia()))

const said = (urgency: 'polite' | 'alert') =>
  useNoticeStore().said[urgency]?.sentences.map(({ key }) => key) ?? []

const talking = viewWith({ call: callWith({ phase: 'talking' }), status: { kind: 'talking', since: 3 } })

test('what one view brings is said together: the end of the call is not overwritten by 後処理', () => {
  announceChanges(talking, viewWith({ status: { kind: 'wrap-up', since: 4 } }))
  expect(said('polite')).toEqual(['announce.call-over', 'announce.status'])
  const params = useNoticeStore().said.polite?.sentences.map(({ params: given }) => given)
  expect(params).toEqual([undefined, { status: '後処理' }])
  expect(said('alert')).toEqual([])
})

test('each urgency has its own', () => {
  announceChanges(talking, viewWith({ status: { kind: 'preparing', since: 4, reason: 'phone-lost' } }))
  expect([said('polite'), said('alert')]).toEqual([['announce.call-over'], ['reason.phone-lost']])
})

test('a view without news leaves what was said', () => {
  announceChanges(undefined, viewWith({ call: callWith() }))
  announceChanges(talking, talking)
  expect(said('alert')).toEqual(['announce.incoming'])
})

test('words are filled in, each place with its own', () => {
  expect(text('phone.via', { queue: '代表', number: '$1' })).toBe('代表 $1')
  expect(text('phone.hold')).toBe('保留')
})
