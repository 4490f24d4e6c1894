import type { BoardCrossing } from '@tsunagu/contract'
import type { PastAnswers } from './adapters/http/past-routes.js'
import type { LiveFigures } from './app/metrics/live-figures.js'
import { Days } from './app/past/days.js'
import { DayViews } from './app/past/day-view.js'
import { Past } from './app/past/past.js'
import type { Clock, Directory } from './app/ports.js'
import type { Outbox, PastStore } from './app/records/ports.js'
import type { SettingsOf } from './domain/metrics/ledger.js'

interface Parts {
  past: PastStore
  outbox: Outbox
  figures: LiveFigures
  directory: Directory
  clock: Clock
  timeZone: string
  /** What holds for a queue, an operator, or all. */
  rules: SettingsOf
  /** The limits that are crossed now. */
  crossings(): BoardCrossing[]
}

/** What supervisors ask about what was. */
export function lookBack(parts: Parts): PastAnswers & { settingsChanged(): void } {
  const days = new Days(parts)
  const past = new Past({ ...parts, days, goingOn: () => parts.figures.goingOn() })
  const { directory, timeZone } = parts
  const settingsChanged = (): void => days.forget()
  return { past, days: new DayViews({ ...parts, days, past }), directory, timeZone, settingsChanged }
}
