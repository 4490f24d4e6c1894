/** Spaces, brackets, dots and the many signs that Japanese input gives for a hyphen. */
const SEPARATORS = /[\s().\u00ad\u2010-\u2015\u2043\u2212\u30fc\uff70\u002d]/g
const DIALLABLE = /^\+?[0-9*#]*$/

export const LONGEST_NUMBER = 32

export type NumberRefusal = 'characters' | 'too-long'
export type NormalisedNumber = { number: string } | { refused: NumberRefusal }

/** What was typed or pasted, as it can be dialled: half-width, without separators, +81 as the domestic 0. */
export function normaliseNumber(text: string): NormalisedNumber {
  const plain = text
    .normalize('NFKC')
    .replace(/^\s*tel:/i, '')
    .replace(SEPARATORS, '')
  if (!DIALLABLE.test(plain)) return { refused: 'characters' }
  // "+81 (0)3 …" is seen on business cards: the 0 in brackets is the same 0.
  const number = plain.replace(/^\+810?/, '0')
  return number.length > LONGEST_NUMBER ? { refused: 'too-long' } : { number }
}

/** Shapes of Japanese numbers, the first that fits wins; anything else is shown as it came. */
const GROUPS: readonly [RegExp, readonly number[]][] = [
  [/^0120\d{6}$/, [4, 3, 3]],
  [/^0570\d{6}$/, [4, 3, 3]],
  [/^0800\d{7}$/, [4, 3, 4]],
  [/^0[5-9]0\d{8}$/, [3, 4, 4]],
  [/^0[36]\d{8}$/, [2, 4, 4]],
  // Area codes of two to five digits cannot be told apart without a table; most cities have three.
  [/^0[1-9]\d{8}$/, [3, 3, 4]],
]

/** A number for reading: `090-1111-1111`, `03-5060-0025`; extensions and foreign numbers stay as they are. */
export function formatNumber(number: string): string {
  const domestic = number.replace(/^\+81/, '0')
  const groups = GROUPS.find(([shape]) => shape.test(domestic))?.[1]
  if (!groups) return number
  let start = 0
  return groups.map((length) => domestic.slice(start, (start += length))).join('-')
}
