/** Times are UTC ms; `until` is not part of the interval. */
export interface Interval {
  from: number
  until: number
}

const HALF_HOUR_MS = 1_800_000
const HOUR_MS = 3_600_000
const HALF_DAY_MS = 12 * HOUR_MS
/** The longest local day, with its clock put back. */
const LONGEST_DAY_MS = 26 * HOUR_MS

/**
 * The local day of a site that a moment lies in (metrics.md: intervals are local days). A day on which the clock is changed
 * is shorter or longer than 24 hours.
 */
export function localDay(at: number, timeZone: string): Interval {
  const dateOf = dateIn(timeZone)
  const today = dateOf(at)
  const from = firstWhere((time) => dateOf(time) >= today, { from: at - LONGEST_DAY_MS, until: at })
  const until = firstWhere((time) => dateOf(time) > today, { from: at, until: at + LONGEST_DAY_MS })
  return { from, until }
}

/** The local date of a moment, `yyyy-mm-dd`. */
export const localDate = (at: number, timeZone: string): string => dateIn(timeZone)(at)

/** The day of a local date, `yyyy-mm-dd`. */
export function dayOfDate(date: string, timeZone: string): Interval {
  const noon = Date.parse(`${date}T12:00:00Z`)
  const dateOf = dateIn(timeZone)
  // Far east it is the next day already when it is noon in Greenwich.
  const within = [noon, noon - HALF_DAY_MS, noon + HALF_DAY_MS].find((at) => dateOf(at) === date)
  return localDay(within ?? noon, timeZone)
}

/** The half hours of a day, from its beginning on. */
export function halfHours({ from, until }: Interval): Interval[] {
  const count = Math.ceil((until - from) / HALF_HOUR_MS)
  return Array.from({ length: count }, (_, i) => {
    const start = from + i * HALF_HOUR_MS
    return { from: start, until: Math.min(start + HALF_HOUR_MS, until) }
  })
}

/** `yyyy-mm-dd`, which sorts as the days do. */
function dateIn(timeZone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  return (at) => format.format(at)
}

/** The first moment from which on it holds; it does not at the beginning, and does at the end. */
function firstWhere(holds: (at: number) => boolean, { from, until }: Interval): number {
  let not = from
  let does = until
  while (does - not > 1) {
    const middle = Math.floor((not + does) / 2)
    if (holds(middle)) does = middle
    else not = middle
  }
  return does
}
