import type { ErrorCode, FigureSettings, SettingView, Thresholds } from '@tsunagu/contract'
import { request, type Answer } from '../adapters/http'
import { useMonitorSettingsStore } from '../stores/monitor-settings'

const THRESHOLDS = '/monitor/thresholds'
const FIGURES = '/monitor/figures'

/** As they now are. */
export async function fetchMonitorSettings(): Promise<void> {
  const store = useMonitorSettingsStore()
  store.clear()
  const [thresholds, figures] = await Promise.all([
    request<SettingView<Thresholds>>('GET', THRESHOLDS),
    request<SettingView<FigureSettings>>('GET', FIGURES),
  ])
  store.failed = !thresholds.ok || !figures.ok
  if (thresholds.ok) store.thresholds = thresholds.body
  if (figures.ok) store.figures = figures.body
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** What became of a save. Otherwise which half was refused; `part`: the other one had been saved just before. */
export type Saved =
  { ok: true } | { ok: false; code: ErrorCode; refused: 'limits' | 'figures'; part: boolean }

/** Saves what is different, the limits first. Refused with `stale`: somebody else saved since these were fetched. */
export async function saveMonitorSettings(thresholds: Thresholds, figures: FigureSettings): Promise<Saved> {
  const store = useMonitorSettingsStore()
  if (!store.thresholds || !store.figures)
    return { ok: false, code: 'no-answer', refused: 'limits', part: false }
  store.busy = true
  try {
    const limitsDiffer = !same(thresholds, store.thresholds.value)
    if (limitsDiffer) {
      const answer = await put(THRESHOLDS, store.thresholds, thresholds)
      if (!answer.ok) return { ok: false, code: answer.code, refused: 'limits', part: false }
      store.thresholds = answer.body
    }
    if (!same(figures, store.figures.value)) {
      const answer = await put(FIGURES, store.figures, figures)
      if (!answer.ok) return { ok: false, code: answer.code, refused: 'figures', part: limitsDiffer }
      store.figures = answer.body
    }
    return { ok: true }
  } finally {
    store.busy = false
  }
}

const put = <T>(path: string, { version }: SettingView<T>, value: T): Promise<Answer<SettingView<T>>> =>
  request<SettingView<T>>('PUT', path, { version, value })
