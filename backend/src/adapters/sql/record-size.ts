/**
 * What went on at a moment has begun before it and ends after it: no index of two columns finds that without looking at all
 * that is earlier, or all that is later. So records are sorted by their length: what lasts at most a minute and goes on at noon
 * ends by a minute past, and of each size there is little to look at.
 */

/** The longest of each size, ms. A change is a migration. */
export const SIZES = [60_000, 600_000, 3_600_000, 43_200_000, Infinity] as const

export function sizeOf({ since, until }: { since: number; until: number }): number {
  return SIZES.findIndex((longest) => until - since <= longest)
}

/** When something of this size has ended at the latest, if it began by then. */
export function endsBy(size: number, began: number): number {
  return Math.min(began + (SIZES[size] ?? Infinity), Number.MAX_SAFE_INTEGER)
}
