/** Times as the site's clock shows them, wherever the browser is. */

/** `14:30`, or with its seconds. */
export const siteClock = (at: number, timeZone: string | undefined, seconds = false): string =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
  }).format(at)

/** `2026-11-22` */
export const siteDate = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at)

/** 「11/22(日)」 */
export const siteDay = (date: string, locale: string): string =>
  new Intl.DateTimeFormat(locale === 'ja' ? 'ja-JP' : 'en-GB', {
    timeZone: 'UTC',
    month: locale === 'ja' ? 'numeric' : 'short',
    day: 'numeric',
    weekday: 'short',
  }).format(Date.parse(`${date}T00:00:00Z`))

/** These days, the latest first. */
export function daysBack(today: string, count: number): string[] {
  const last = Date.parse(`${today}T00:00:00Z`)
  return Array.from({ length: count }, (_, i) => new Date(last - i * 86_400_000).toISOString().slice(0, 10))
}

/** `14:30` or `14:30:15` as ms after midnight; `undefined`: it is neither. */
export function clockMs(words: string): number | undefined {
  const [, hours, minutes, seconds = '0'] = /^(\d\d):(\d\d)(?::(\d\d))?$/.exec(words) ?? []
  if (hours === undefined || minutes === undefined) return undefined
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000
}
