import type { FigureSettings, Thresholds } from '@tsunagu/contract'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useMonitorSettingsStore } from '../stores/monitor-settings'
import { saveMonitorSettings } from './monitor-settings'

const OLD = { version: 3, value: { is: 'old' }, queues: [] }
const NEW = { is: 'new' }
type Which = 'thresholds' | 'figures'

let put: string[] = []
let refuses: Partial<Record<Which, number>> = {}

beforeEach(() => {
  setActivePinia(createPinia())
  Object.assign(useMonitorSettingsStore(), { thresholds: OLD, figures: OLD })
  ;[put, refuses] = [[], {}]
  vi.stubGlobal('fetch', (path: string, { body }: { body: string }) => {
    const which = path.replace('/api/monitor/', '') as Which
    const { version, value } = JSON.parse(body) as { version: number; value: object }
    put.push(`${which} ${String(version)}`)
    const status = refuses[which]
    if (status !== undefined) return Promise.resolve(Response.json({ error: { code: 'stale' } }, { status }))
    return Promise.resolve(Response.json({ ...OLD, version: version + 1, value }))
  })
})
afterEach(() => vi.unstubAllGlobals())

const save = (limits: object, figures: object) =>
  saveMonitorSettings(limits as unknown as Thresholds, figures as unknown as FigureSettings)

test('only what is different is saved', async () => {
  expect(await save(OLD.value, NEW)).toEqual({ ok: true })
  expect(put).toEqual(['figures 3'])
})

test('when the figures are refused it is known that the limits hold, and a second try saves only the rest', async () => {
  refuses = { figures: 409 }
  expect(await save(NEW, NEW)).toEqual({ ok: false, code: 'stale', refused: 'figures', part: true })
  expect(useMonitorSettingsStore().thresholds?.value).toEqual(NEW)
  refuses = {}
  expect(await save(NEW, NEW)).toEqual({ ok: true })
  expect(put).toEqual(['thresholds 3', 'figures 3', 'figures 3'])
})

test('when the limits are refused nothing is saved; nor is a part when only the figures were to be', async () => {
  refuses = { thresholds: 409, figures: 409 }
  expect(await save(NEW, NEW)).toEqual({ ok: false, code: 'stale', refused: 'limits', part: false })
  expect(put).toEqual(['thresholds 3'])
  expect(await save(OLD.value, NEW)).toEqual({ ok: false, code: 'stale', refused: 'figures', part: false })
})
