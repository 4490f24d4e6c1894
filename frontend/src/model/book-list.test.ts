import type { BookEntry, BookField } from '@tsunagu/contract'
import { expect, test } from 'vitest'
import { findEntries, pressColumn, sortEntries } from './book-list'

const entry = (name: string, kana: string, number: string): BookEntry => ({ name, kana, number })
const BOOK = [
  entry('田中 健', 'タナカ ケン', '6323'),
  entry('青木', '', '0312345678'),
  entry('いとう', 'いとう', '09011111111'),
  entry('ABC商事', 'ｴｰﾋﾞｰｼｰ', '+12125550100'),
]
const names = (entries: BookEntry[]): string[] => entries.map(({ name }) => name)

test.each<[BookField, boolean, string[]]>([
  ['kana', false, ['いとう', 'ABC商事', '田中 健', '青木']],
  ['kana', true, ['田中 健', 'ABC商事', 'いとう', '青木']],
  ['number', false, ['ABC商事', '青木', 'いとう', '田中 健']],
  ['number', true, ['田中 健', 'いとう', '青木', 'ABC商事']],
])('by %s, downwards %s', (column, down, order) => {
  expect(names(sortEntries(BOOK, { column, down }))).toEqual(order)
})

test('by name, and back again', () => {
  const up = names(sortEntries(BOOK, { column: 'name', down: false }))
  expect(names(sortEntries(BOOK, { column: 'name', down: true }))).toEqual(up.reverse())
})

test('without a sorting the book keeps its own order', () => {
  expect(names(sortEntries(BOOK, undefined))).toEqual(names(BOOK))
})

test('a column is pressed up, down and up again; another begins upwards', () => {
  const first = pressColumn<BookField>(undefined, 'name')
  const second = pressColumn(first, 'name')
  expect([first.down, second.down, pressColumn(second, 'name').down]).toEqual([false, true, false])
  expect(pressColumn(second, 'kana')).toEqual({ column: 'kana', down: false })
})

test.each([
  ['たなか', ['田中 健']],
  ['イトウ', ['いとう']],
  ['エービー', ['ABC商事']],
  ['03-1234', ['青木']],
  ['', names(BOOK)],
  ['だれも', []],
])('a search for %s', (words, found) => {
  expect(names(findEntries(BOOK, words))).toEqual(found)
})
