/**
 * How far the server's clock is ahead of this PC's. A message takes time to arrive, which makes the server look
 * behind; so of several readings the largest is the nearest to the truth.
 */
export function betterOffset(known: number | undefined, serverNow: number, receivedAt: number): number {
  const reading = serverNow - receivedAt
  return known === undefined ? reading : Math.max(known, reading)
}

/**
 * Seconds on a clock that began at `since`. Both times are cut to whole seconds first, so that every screen that
 * ticks on the server's second shows the same figure and none ever skips one.
 */
export function secondsSince(since: number, now: number): number {
  return Math.max(0, Math.floor(now / 1000) - Math.floor(since / 1000))
}

/** Seconds left until `endsAt`; 0 once it has passed. */
export function secondsUntil(endsAt: number, now: number): number {
  return Math.max(0, Math.floor(endsAt / 1000) - Math.floor(now / 1000))
}
