import { expect, test } from 'vitest'
import { entryProblem, isEmptyEntry, tidyEntry, type BookEntry } from './books.js'
import { personalBookBody } from './records-rest.js'

const entry = (more: Partial<BookEntry>): BookEntry => ({
  name: '花子',
  kana: '',
  number: '7966',
  ...more,
})

test.each<[string, BookEntry, object | undefined]>([
  ['a name and a number are enough', entry({}), undefined],
  ['the number may be written in any way', entry({ number: '０９０－１１１１ー１１１１' }), undefined],
  ['abroad', entry({ number: '+1 212 555 0100' }), undefined],
  ['no name', entry({ name: '　' }), { field: 'name', problem: 'missing' }],
  ['no number', entry({ number: '' }), { field: 'number', problem: 'missing' }],
  ['a number of hyphens', entry({ number: '--' }), { field: 'number', problem: 'missing' }],
  ['a plus alone', entry({ number: '+' }), { field: 'number', problem: 'missing' }],
  ['words for a number', entry({ number: '内線' }), { field: 'number', problem: 'characters' }],
  ['a number too long', entry({ number: '1'.repeat(33) }), { field: 'number', problem: 'too-long' }],
  ['a name too long', entry({ name: 'x'.repeat(101) }), { field: 'name', problem: 'too-long' }],
  ['a line break', entry({ kana: 'ハナ\nコ' }), { field: 'kana', problem: 'characters' }],
])('%s', (_, row, problem) => {
  expect(entryProblem(row)).toEqual(problem)
  const body = personalBookBody.safeParse({ version: 0, entries: [row] })
  expect(body.success).toBe(problem === undefined)
})

test('an entry is stored without spaces around and with the number as it is dialled', () => {
  expect(tidyEntry({ name: ' 花子　', kana: ' ', number: '+81 90-1111-1111' })).toEqual({
    name: '花子',
    kana: '',
    number: '09011111111',
  })
})

test('a row of spaces is empty', () => {
  expect(isEmptyEntry({ name: ' ', kana: '　', number: '' })).toBe(true)
  expect(isEmptyEntry({ name: '', kana: '', number: '1' })).toBe(false)
})
