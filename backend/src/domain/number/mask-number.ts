/** Extensions and service numbers (110, 6320) name no person, so they stay readable. */
const LONGEST_OPEN = 5
const HEAD = 3
const TAIL = 2

/** A phone number as it may stand in a log: enough to find the call, too little to call the person. */
export function maskNumber(number: string): string {
  if (number.length <= LONGEST_OPEN) return number
  const hidden = Math.max(number.length - HEAD - TAIL, 1)
  return number.slice(0, HEAD) + '*'.repeat(hidden) + number.slice(HEAD + hidden)
}
