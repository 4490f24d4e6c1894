const MINUTE_MS = 60_000

/**
 * The moment to ask the server for, by its own clock: none that is still to come. Without a wish it is a minute ago.
 */
export function momentOf(wanted: number, serverNow: number): number {
  return wanted > 0 ? Math.min(wanted, serverNow) : serverNow - MINUTE_MS
}
