import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { i18n, prepared } from '../i18n'
import words from '../locales/monitor-ja.json'
import { EMPTY_TABLES, type Tables } from '../model/board'
import type { TabRole } from '../model/buttons'
import { operatorRow } from '../model/test-board'
import { useDeskStore } from '../stores/desk'
import { useNoticeStore } from '../stores/notices'
import { tellNews } from './board-news'

let notes = 0
let desktop: string[] = []

/** As much of a browser as makes a sound and a notification. */
class Node {
  connect = (): void => undefined
  start = (): void => void (notes += 1)
  stop = (): void => undefined
}
class Noted {
  static permission = 'granted'
  constructor(readonly title: string) {
    desktop.push(title)
  }
  close = (): void => void (desktop = desktop.filter((title) => title !== this.title))
}

beforeAll(() => i18n.global.mergeLocaleMessage('ja', prepared(words)))
beforeEach(() => {
  setActivePinia(createPinia())
  ;[notes, desktop] = [0, []]
  vi.stubGlobal(
    'AudioContext',
    class {
      currentTime = 0
      resume = (): Promise<void> => Promise.resolve()
    },
  )
  vi.stubGlobal('GainNode', Node)
  vi.stubGlobal('OscillatorNode', Node)
  vi.stubGlobal('Notification', Noted)
  vi.stubGlobal('document', { hasFocus: () => false })
})
afterEach(() => vi.unstubAllGlobals())

const quiet: Tables = { ...EMPTY_TABLES, operators: new Map([['1', operatorRow('1')]]) }
const withAlert = (acknowledgedBy?: string): Tables => {
  const alert = { since: 1, ...(acknowledgedBy === undefined ? {} : { acknowledgedBy }) }
  return { ...EMPTY_TABLES, operators: new Map([['1', operatorRow('1', { alert })]]) }
}
const said = (): unknown => useNoticeStore().said.alert?.sentences.map(({ key }) => key)
const page = (tab: TabRole) => {
  const news = tellNews()
  useDeskStore().tab = tab
  return news
}

test('the page with the phone is heard, and takes its notification away when somebody is on it', () => {
  const news = page('owner')
  news.tell(quiet, withAlert())
  expect([notes, desktop, said()]).toEqual([3, ['アラート: 1 operator 1'], ['alerts.notice']])
  news.tell(withAlert(), withAlert('山本'))
  expect([notes, desktop.length]).toEqual([3, 0])
})

test('another page of the same browser says it to a screen reader and is silent, also when it gets the phone later', () => {
  const news = page('other')
  news.tell(quiet, withAlert())
  expect([notes, desktop.length, said()]).toEqual([0, 0, ['alerts.notice']])
  useDeskStore().tab = 'owner'
  expect([notes, desktop.length]).toEqual([0, 0])
})

test.each<[TabRole, number]>([
  ['owner', 3],
  ['other', 0],
])('what comes before it is known who has the phone waits: %s', (tab, heard) => {
  const news = page('waiting')
  news.tell(undefined, withAlert())
  expect(notes).toBe(0)
  useDeskStore().tab = tab
  expect([notes, desktop.length]).toEqual([heard, heard / 3])
  news.close()
  expect(desktop).toEqual([])
})

test('an alert that is over by then is not heard', () => {
  const news = page('waiting')
  news.tell(undefined, withAlert())
  news.tell(withAlert(), quiet)
  useDeskStore().tab = 'owner'
  expect([notes, desktop.length]).toEqual([0, 0])
})
