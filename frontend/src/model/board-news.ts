import type { BoardCrossing } from '@tsunagu/contract'
import { alertsOf, type BoardAlert, type Rows, type Tables } from './board'

/** What is worth a sound: each alert and each crossing once. */
export interface BoardNews {
  alerts: BoardAlert[]
  crossings: BoardCrossing[]
}

/** An alert that was withdrawn and set again is another one. */
const alertName = ({ key, alert }: BoardAlert): string => `${key} ${String(alert.since)}`

/**
 * What is new on a board against the last one this page had. On the first board of all, calls for help that nobody is on
 * yet are news; a limit that was crossed before is seen without a sound.
 */
export function newsOf(before: Tables | undefined, after: Tables): BoardNews {
  const alerts = unseen(before?.operators, after.operators)
  if (!before) return { alerts, crossings: [] }
  if (before.crossings === after.crossings) return { alerts, crossings: [] }
  return { alerts, crossings: [...after.crossings.values()].filter(({ key }) => !before.crossings.has(key)) }
}

function unseen(before: Rows<'operators'> | undefined, after: Rows<'operators'>): BoardAlert[] {
  if (before === after) return []
  const known = new Set(before ? alertsOf(before).map(alertName) : [])
  return alertsOf(after).filter((row) => row.alert.acknowledgedBy === undefined && !known.has(alertName(row)))
}
