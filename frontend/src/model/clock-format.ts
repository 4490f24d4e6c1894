const two = (n: number): string => String(n).padStart(2, '0')

/** `00:02:14`, as on the status line. */
export function hoursMinutesSeconds(seconds: number): string {
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

/** `02:14`, as on a call; hours are shown only when there are any. */
export function minutesSeconds(seconds: number): string {
  if (seconds >= 3600) return hoursMinutesSeconds(seconds)
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`
}
