import { expect, test } from 'vitest'
import { foldNumber, foldText, matchesSearch, searchFor } from './fold.js'

test.each([
  ['はなこ', 'ハナコ'],
  ['ﾊﾅｺ', 'ハナコ'],
  ['ｶﾞｷﾞﾊﾟﾎﾟｳﾞ', 'ガギパポヴ'],
  ['か゛は゜', 'ガパ'],
  ['か\u3099', 'ガ'],
  ['ｻｰﾋﾞｽ', 'サービス'],
  ['さーびす', 'サービス'],
  ['ゔゝゞ', 'ヴヽヾ'],
  ['ＡＢＣ１２３', 'abc123'],
  ['Abc', 'abc'],
  ['佐藤　花子', '佐藤花子'],
  [' サトウ ハナコ ', 'サトウハナコ'],
  ['㈱テスト', '(株)テスト'],
  ['', ''],
])('%s is compared as %s', (text, folded) => {
  expect(foldText(text)).toBe(folded)
})

test.each([
  ['090-1111-1111', '09011111111'],
  ['０９０－１１１１', '0901111'],
  ['+81 90 1111', '0901111'],
  ['+81(0)90', '090'],
  ['６３２０', '6320'],
  ['*#', '*#'],
  ['オフィス1', undefined],
  ['-', undefined],
  ['', undefined],
])('%s as a number is %s', (text, folded) => {
  expect(foldNumber(text)).toBe(folded)
})

const hanako = { name: '佐藤 花子', kana: 'サトウ ハナコ', number: '09011111111' }

test.each([
  ['花子', true],
  ['佐藤花子', true],
  ['さとう', true],
  ['ﾊﾅｺ', true],
  ['090-1111', true],
  ['１１１１', true],
  ['+81 90-1111-1111', true],
  ['太郎', false],
  ['0902', false],
])('a search for %s: %s', (text, found) => {
  const search = searchFor(text)
  expect(search && matchesSearch(search, hanako)).toBe(found)
})

test('a search for nothing is none', () => {
  expect(searchFor('　 ')).toBeUndefined()
})
