import { normaliseNumber, type NumberRefusal } from './phone-number'

export interface DialEdit {
  text: string
  /** Set when the edit was not taken, or only the old text was kept. */
  refused?: NumberRefusal
  /** What was added at the end: in a call these are tones to be sent. */
  added: string
}

/** The field after somebody typed or pasted `entered` into it; what cannot be a number leaves it as it was. */
export function editDialField(before: string, entered: string): DialEdit {
  const result = normaliseNumber(entered)
  if ('refused' in result) return { text: before, refused: result.refused, added: '' }
  const added = result.number.startsWith(before) ? result.number.slice(before.length) : ''
  return { text: result.number, added }
}

export const withoutLast = (text: string): string => text.slice(0, -1)
