import { normaliseNumber } from './phone-number.js'

const HIRAGANA = /[\u3041-\u3096\u309d\u309e]/g
const TO_KATAKANA = 0x60

/**
 * Text as it is compared in a search: hiragana as katakana, full and half width alike, small and capital letters alike,
 * without spaces. A voicing mark that stands by itself, as half-width kana have it, joins its letter.
 */
export function foldText(text: string): string {
  return (
    text
      // As they stand these two become a space and a mark, which no longer joins.
      .replaceAll('\u309b', '\u3099')
      .replaceAll('\u309c', '\u309a')
      .normalize('NFKC')
      .toLowerCase()
      .replace(/\s/g, '')
      .replace(HIRAGANA, (letter) => String.fromCharCode(letter.charCodeAt(0) + TO_KATAKANA))
  )
}

/** The part of a phone number that is searched for; `undefined` when the words cannot be one. */
export function foldNumber(text: string): string | undefined {
  const read = normaliseNumber(text)
  return 'number' in read && read.number !== '' ? read.number : undefined
}

/** What a search looks for, folded once for all rows. */
export interface Search {
  words: string
  number?: string
}

/** `undefined`: nothing was asked for, everything matches. */
export function searchFor(text: string): Search | undefined {
  const words = foldText(text)
  if (words === '') return undefined
  const number = foldNumber(text)
  return { words, ...(number === undefined ? {} : { number }) }
}

/** Name, kana or number holds what is searched for. */
export function matchesSearch(
  search: Search,
  { name, kana, number }: { name: string; kana: string; number: string },
): boolean {
  if (foldText(name).includes(search.words) || foldText(kana).includes(search.words)) return true
  return search.number !== undefined && (foldNumber(number) ?? '').includes(search.number)
}
