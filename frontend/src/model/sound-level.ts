/** The quietest that shows: the noise of a quiet room, dBFS. */
const QUIET_DB = -60
/** As loud as a sine wave can be, dBFS. */
const LOUD_DB = -3

/** How loud it is, 0 (a quiet room) to 1, evenly over what the ear hears as even. */
export function levelOf(samples: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < samples.length; i += 1) sum += (samples[i] ?? 0) ** 2
  const db = 10 * Math.log10(sum / samples.length)
  return Math.min(1, Math.max(0, (db - QUIET_DB) / (LOUD_DB - QUIET_DB)))
}
