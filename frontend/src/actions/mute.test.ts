import { callId } from '@tsunagu/contract'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { callWith, viewWith } from '../model/test-view'
import { useDeskStore } from '../stores/desk'
import { useNoticeStore } from '../stores/notices'
import { useOperatorStore } from '../stores/operator'
import { toggleMute, watchMute } from './mute'

let seq: number
let stop: () => void

/** What the browser keeps over a reload. */
function openPage(): void {
  setActivePinia(createPinia())
  seq = 1
  stop = watchMute()
  useDeskStore().tab = 'owner'
}

beforeEach(() => {
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  })
  openPage()
})
afterEach(() => {
  stop()
  vi.unstubAllGlobals()
})

function see(id: string | undefined, phase: 'ringing' | 'talking' | 'held' | 'rejoining' = 'talking'): void {
  const call = id === undefined ? {} : { call: callWith({ id: callId(id), phase }) }
  useOperatorStore().take(viewWith({ seq: (seq += 1), ...call }), 0)
}
const muted = (): boolean => useDeskStore().muted

test('only a call can be muted', () => {
  toggleMute()
  expect(muted()).toBe(false)
  see('c1', 'ringing')
  toggleMute()
  expect(muted()).toBe(false)
  see('c1')
  toggleMute()
  expect(muted()).toBe(true)
  expect(useNoticeStore().said.polite?.sentences).toEqual([{ key: 'announce.muted' }])
  toggleMute()
  expect(muted()).toBe(false)
  expect(useNoticeStore().said.polite?.sentences).toEqual([{ key: 'announce.unmuted' }])
})

test('it stays over hold and a leg that is made again, and ends with the call', () => {
  see('c1')
  toggleMute()
  for (const phase of ['held', 'talking', 'rejoining', 'talking'] as const) {
    see('c1', phase)
    expect([phase, muted()]).toEqual([phase, true])
  }
  see(undefined)
  expect(muted()).toBe(false)
  see('c2', 'ringing')
  see('c2')
  expect(muted()).toBe(false)
})

test('it is off for a call that follows at once, and for the first one after it', () => {
  see('c1')
  toggleMute()
  see('c2')
  expect(muted()).toBe(false)
  see('c1')
  expect(muted()).toBe(false)
})

test('a reload in the call leaves it on, and says so', () => {
  see('c1')
  toggleMute()
  stop()
  openPage()
  expect(muted()).toBe(false)
  see('c1', 'rejoining')
  expect(muted()).toBe(true)
  expect(useNoticeStore().notices.map(({ key }) => key)).toEqual(['notice.stillMuted'])
})

test('a reload after the call leaves nothing of it', () => {
  see('c1')
  toggleMute()
  stop()
  openPage()
  see(undefined)
  see('c1')
  expect(muted()).toBe(false)
})

test('the tab that takes the phone takes the mute with it', () => {
  see('c1')
  useDeskStore().tab = 'other'
  localStorage.setItem('tsunagu-muted-call', 'c1')
  useDeskStore().tab = 'owner'
  expect(muted()).toBe(true)
})
