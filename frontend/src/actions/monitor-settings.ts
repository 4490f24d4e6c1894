import type { ErrorCode, FigureSettings, SettingView, Thresholds } from '@tsunagu/contract'
import { request } from '../adapters/http'
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

/** Saves what is different. Otherwise why not; `stale`: somebody else saved since these were fetched. */
export async function saveMonitorSettings(
  thresholds: Thresholds,
  figures: FigureSettings,
): Promise<ErrorCode | 'saved'> {
  const store = useMonitorSettingsStore()
  if (!store.thresholds || !store.figures) return 'no-answer'
  store.busy = true
  try {
    if (!same(thresholds, store.thresholds.value)) {
      const { version } = store.thresholds
      const body = { version, value: thresholds }
      const answer = await request<SettingView<Thresholds>>('PUT', THRESHOLDS, body)
      if (!answer.ok) return answer.code
      store.thresholds = answer.body
    }
    if (!same(figures, store.figures.value)) {
      const { version } = store.figures
      const answer = await request<SettingView<FigureSettings>>('PUT', FIGURES, { version, value: figures })
      if (!answer.ok) return answer.code
      store.figures = answer.body
    }
    return 'saved'
  } finally {
    store.busy = false
  }
}
