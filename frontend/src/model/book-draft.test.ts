import type { BookEntry, PersonalBook } from '@tsunagu/contract'
import { expect, test } from 'vitest'
import {
  draftOf,
  EMPTY_ROW,
  entriesToSave,
  firstProblem,
  isChanged,
  mergeDraft,
  rowProblems,
  withImported,
  withoutRow,
  withRows,
  type BookDraft,
} from './book-draft'

const entry = (name: string, number: string): BookEntry => ({ name, kana: '', number })
const hanako = entry('花子', '7966')
const taro = entry('太郎', '9220')
const book = (...entries: BookEntry[]): PersonalBook => ({ version: 3, entries })
const names = (draft: BookDraft): string[] => draft.rows.map(({ name }) => name)

/** The draft after somebody typed another number into the row of that name. */
const renumbered = (draft: BookDraft, name: string, number: string): BookDraft => ({
  ...draft,
  rows: draft.rows.map((row) => (row.name === name ? { ...row, number } : row)),
})

test('empty rows are not saved, and are no change', () => {
  const draft = withRows(draftOf(book(hanako)), [EMPTY_ROW, { ...EMPTY_ROW, name: '　' }])
  expect(entriesToSave(draft)).toEqual([hanako])
  expect(isChanged(draft)).toBe(false)
  expect(firstProblem(draft)).toBeUndefined()
})

test('a number written in another way is no change; another number is one', () => {
  const draft = draftOf(book(hanako))
  expect(isChanged(renumbered(draft, '花子', '７９６６'))).toBe(false)
  expect(isChanged(renumbered(draft, '花子', '7967'))).toBe(true)
  expect(isChanged(withoutRow(draft, 0))).toBe(true)
  expect(isChanged(withRows(draft, [taro]))).toBe(true)
})

test('a row that is begun must be finished', () => {
  expect(rowProblems(entry('花子', ''))).toEqual({ number: 'missing' })
  expect(rowProblems(entry('', '内線'))).toEqual({ name: 'missing', number: 'characters' })
  const draft = withRows(draftOf(book(hanako)), [entry('次郎', '')])
  expect(firstProblem(draft)).toEqual({ key: 1, field: 'number' })
})

test('rows keep their keys when others come and go', () => {
  const draft = withRows(withoutRow(withRows(draftOf(book(hanako)), [taro]), 0), [EMPTY_ROW])
  expect(draft.rows.map(({ key }) => key)).toEqual([1, 2])
})

test('a file adds what is not there yet', () => {
  const { draft, added } = withImported(draftOf(book(hanako)), [hanako, taro])
  expect([names(draft), added]).toEqual([['花子', '太郎'], 1])
})

test.each<[string, (draft: BookDraft) => BookDraft, PersonalBook, [string, string][]]>([
  [
    'both added',
    (draft) => withRows(draft, [entry('こちら', '1')]),
    book(hanako, taro, entry('あちら', '2')),
    [
      ['花子', '7966'],
      ['太郎', '9220'],
      ['あちら', '2'],
      ['こちら', '1'],
    ],
  ],
  ['one removed here, the other there', (draft) => withoutRow(draft, 0), book(hanako), []],
  [
    'both changed the same row: it is there in both forms',
    (draft) => renumbered(draft, '花子', '1'),
    book(entry('花子', '2'), taro),
    [
      ['花子', '2'],
      ['太郎', '9220'],
      ['花子', '1'],
    ],
  ],
  [
    'both added the same',
    (draft) => withRows(draft, [entry('同じ', '1')]),
    book(hanako, taro, entry('同じ', '1')),
    [
      ['花子', '7966'],
      ['太郎', '9220'],
      ['同じ', '1'],
    ],
  ],
])('saved elsewhere meanwhile: %s', (...[, edit, latest, rows]) => {
  const merged = mergeDraft(edit(draftOf(book(hanako, taro))), { ...latest, version: 4 })
  expect(merged.rows.map(({ name, number }) => [name, number])).toEqual(rows)
  expect(merged.base.version).toBe(4)
})
