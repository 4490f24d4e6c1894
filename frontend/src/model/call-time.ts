/** When a call was, by the site's clock, as two lines: 「15:26:02」 and 「2021年05月25日」. */
export function callTime(
  at: number,
  locale: string,
  timeZone: string | undefined,
): { time: string; date: string } {
  const when = new Date(at)
  const time = when.toLocaleTimeString('ja-JP', {
    timeZone,
    hour12: false,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  const date = when.toLocaleDateString(locale === 'ja' ? 'ja-JP' : 'en-GB', {
    timeZone,
    year: 'numeric',
    month: locale === 'ja' ? '2-digit' : 'short',
    day: '2-digit',
  })
  return { time, date: locale === 'ja' ? japanese(date) : date }
}

/** `2021/05/25` with the characters of a calendar. */
const japanese = (date: string): string => date.replace(/^(\d+)\/(\d+)\/(\d+)$/, '$1年$2月$3日')
