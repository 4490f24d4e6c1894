/** From what a site has set to what holds for a queue, an operator, or all. */
import type { FigureSettings } from '@tsunagu/contract'
import type { SettingsOf } from './ledger.js'
import { DEFAULT_SETTINGS } from './terms.js'

/** The figures of metrics.md as they stand there. */
export const DEFAULT_FIGURES: FigureSettings = { all: DEFAULT_SETTINGS, queues: [], productiveWorks: null }

/** Reads what is set anew at every question: it may have changed. */
export function settingsFrom(current: () => FigureSettings): SettingsOf {
  return (subject) => {
    const { all, queues, productiveWorks } = current()
    const own =
      subject !== 'all' && 'queue' in subject
        ? queues.find(({ queueId }) => queueId === subject.queue)?.rules
        : undefined
    return { ...(own ?? all), ...(productiveWorks ? { productiveWorks } : {}) }
  }
}
