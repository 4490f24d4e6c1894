import { normaliseNumber } from './phone-number.js'

/** One line of a phone book. The number is stored as it is dialled: digits, `*`, `#`, a leading `+` abroad. */
export interface BookEntry {
  name: string
  kana: string
  number: string
}

export const BOOK_FIELDS = ['name', 'kana', 'number'] as const
export type BookField = (typeof BOOK_FIELDS)[number]

/** A personal book holds as many entries at the most. */
export const MOST_ENTRIES = 2_000
export const LONGEST_NAME = 100

/** GET /api/books/shared */
export interface SharedBook {
  entries: BookEntry[]
}

/** GET /api/books/personal, and the answer to its PUT. */
export interface PersonalBook extends SharedBook {
  /** Grows with every save; a save names the one it changed, so that two tabs do not overwrite each other. */
  version: number
}

/** What is wrong with one field; the words are in the catalogue under `bookProblem`. */
export type BookProblem = 'missing' | 'characters' | 'too-long'

const CONTROL = /[\u0000-\u001f\u007f\u2028\u2029]/

/** What is wrong with a field as it was typed; `undefined`: nothing. */
export function fieldProblem(field: BookField, text: string): BookProblem | undefined {
  if (field === 'number') return numberProblem(text)
  if (text.trim().length > LONGEST_NAME) return 'too-long'
  if (CONTROL.test(text)) return 'characters'
  return field === 'name' && text.trim() === '' ? 'missing' : undefined
}

function numberProblem(text: string): BookProblem | undefined {
  const read = normaliseNumber(text)
  if ('refused' in read) return read.refused
  return /[0-9*#]/.test(read.number) ? undefined : 'missing'
}

/** The first field that keeps an entry from being saved. */
export function entryProblem(entry: BookEntry): { field: BookField; problem: BookProblem } | undefined {
  for (const field of BOOK_FIELDS) {
    const problem = fieldProblem(field, entry[field])
    if (problem) return { field, problem }
  }
  return undefined
}

/** An entry as it is stored: without spaces around, the number as it is dialled. */
export function tidyEntry({ name, kana, number }: BookEntry): BookEntry {
  const read = normaliseNumber(number)
  return { name: name.trim(), kana: kana.trim(), number: 'number' in read ? read.number : number }
}

/** A row nobody wrote anything into: not saved, and nothing to complain about. */
export const isEmptyEntry = (entry: BookEntry): boolean =>
  BOOK_FIELDS.every((field) => entry[field].trim() === '')

/** A line of a CSV file that was not taken, or was with a doubt. */
export interface ImportProblem {
  /** The line of the file where the record begins, from 1. */
  line: number
  problem: 'name-missing' | 'number-missing' | 'number-characters' | 'characters' | 'too-long' | 'too-many'
}

/** The answer to POST /api/books/personal/import: what was read, to be looked over before it is saved. */
export interface ImportedBook extends SharedBook {
  problems: ImportProblem[]
}
