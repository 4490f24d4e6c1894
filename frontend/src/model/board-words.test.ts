import { queueId, userId, type BoardCrossing } from '@tsunagu/contract'
import { expect, test } from 'vitest'
import { i18n, prepared, text } from '../i18n'
import ja from '../locales/ja.json'
import monitorJa from '../locales/monitor-ja.json'
import {
  crossingLimit,
  crossingOf,
  crossingWords,
  duration,
  monitorTitle,
  partyOf,
  percent,
  roundPercent,
  shortClock,
} from './board-words'
import type { BoardAlert } from './board'
import { operatorRow, queueRow } from './test-board'
import { callWith } from './test-view'

i18n.global.setLocaleMessage('ja', prepared({ ...ja, ...monitorJa }))

test('figures as they are read', () => {
  expect([percent(0.8421), percent(1), percent(0), percent(null), percent(undefined)]).toEqual([
    '84.2%',
    '100.0%',
    '0.0%',
    '–',
    '–',
  ])
  expect([roundPercent(0.8), roundPercent(0.825), roundPercent(0.29)]).toEqual(['80%', '82.5%', '29%'])
  expect([shortClock(0), shortClock(52), shortClock(764), shortClock(3_723)]).toEqual([
    '0:00',
    '0:52',
    '12:44',
    '1:02:03',
  ])
  expect([duration(221_400), duration(null), duration(undefined)]).toEqual(['3:41', '–', '–'])
})

const queues = new Map([['main', queueRow('main', { name: '代表' })]])

test.each<[Partial<BoardCrossing>, string]>([
  [{ what: 'waiting', queueId: queueId('main'), limit: 3 }, '代表: 待ち呼 (上限 3)'],
  [{ what: 'longest-wait', queueId: 'all', limit: 60_000 }, '全体: 最大待ち時間 (上限 1:00)'],
  [{ what: 'service-level', queueId: queueId('main'), limit: 0.8 }, '代表: サービスレベル (下限 80%)'],
  [
    { what: 'held', operator: { id: userId('6322'), name: '高橋 美咲' }, limit: 90_000 },
    '高橋 美咲: 保留中 超過 (上限 1:30)',
  ],
])('a crossing in words: %j', (crossing, expected) => {
  const { key, params } = crossingWords({ key: 'k', since: 1, ...crossing } as BoardCrossing, queues, text)
  expect(text(key, params)).toBe(expected)
})

test('a crossing is found by what it is about, and in the tiles of whatever queue it is', () => {
  const crossing: BoardCrossing = { key: 'k', what: 'waiting', queueId: queueId('main'), since: 1, limit: 3 }
  expect(crossingOf([crossing], 'waiting')).toBe(crossing)
  expect(crossingOf([crossing], 'waiting', 'support')).toBeUndefined()
  expect(crossingOf([crossing], 'longest-wait')).toBeUndefined()
  expect([crossingLimit(crossing), crossingLimit(undefined)]).toEqual(['3', undefined])
})

test('the party of a call, with its queue or as internal', () => {
  expect(partyOf(operatorRow('1'), text)).toBe('')
  expect(partyOf(operatorRow('1', { call: callWith({ phase: 'talking' }) }), text)).toBe(
    '090-1111-1111 ・ 代表',
  )
  const internal = callWith({ phase: 'talking', internal: true, number: '6321', name: '鈴木 太郎' })
  expect(partyOf(operatorRow('1', { call: internal }), text)).toBe('6321 鈴木 太郎 ・ 内線')
})

test('the browser’s tab counts who still waits for help', () => {
  const alerts = [
    operatorRow('1', { alert: { since: 1 } }),
    operatorRow('2', { alert: { since: 1, acknowledgedBy: '山本' } }),
  ] as BoardAlert[]
  expect(monitorTitle(alerts, text)).toBe('！アラート 1件 - つなぐ')
  expect(monitorTitle(alerts.slice(1), text)).toBe('モニター - つなぐ')
})
