import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Phone } from '../adapters/phone'
import type { Link } from '../adapters/socket'
import { useDeskStore } from '../stores/desk'
import { useOperatorStore } from '../stores/operator'
import { PhoneLine } from './phone-line'

const account = { extension: '6320', password: 'x', domain: 'tsunagu.invalid', legHeader: 'X-Tsunagu-Leg' }
const link = { ask: () => Promise.resolve({ ok: true }) } as unknown as Link

/** As much of a browser as the line touches before there is a call. */
beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
  const listen = (): void => undefined
  vi.stubGlobal('location', { host: 'localhost' })
  vi.stubGlobal('document', { querySelector: () => ({ srcObject: null }) })
  vi.stubGlobal('addEventListener', listen)
  vi.stubGlobal('removeEventListener', listen)
  vi.stubGlobal('navigator', {
    userActivation: { hasBeenActive: false },
    mediaDevices: { addEventListener: listen, removeEventListener: listen },
    locks: { request: (_name: string, _options: object, held: () => Promise<void>) => held() },
  })
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json(account)))
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('a phone whose code could not be fetched is tried again until it can', async () => {
  let loads = 0
  const told: string[] = []
  class TestPhone {
    constructor({ account: { extension } }: { account: { extension: string } }) {
      told.push(`registers ${extension}`)
    }
    close = (): void => void told.push('closes')
  }
  const load = () => {
    loads += 1
    const failed = new TypeError('Failed to fetch dynamically imported module')
    return loads < 3
      ? Promise.reject(failed)
      : Promise.resolve({ Phone: TestPhone as unknown as typeof Phone })
  }
  useOperatorStore().linkIs('up')
  const line = new PhoneLine(link, () => undefined, load)
  expect(useDeskStore().tab).toBe('owner')
  await vi.advanceTimersByTimeAsync(1_000)
  expect([loads, told]).toEqual([1, []])
  await vi.advanceTimersByTimeAsync(4_000)
  expect([loads, told]).toEqual([3, ['registers 6320']])
  line.close()
  expect(told).toEqual(['registers 6320', 'closes'])
})
