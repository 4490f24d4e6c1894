import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseCsv, withoutGuard, writeCsv } from './csv.js'
import { decodeCsv } from './decode-csv.js'
import { readBook, writeBook } from './read-book.js'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const fieldsOf = (text: string): string[][] => parseCsv(text).map(({ fields }) => fields)

describe('encodings', () => {
  /** "花子,ﾊﾅｺ,①髙" in Shift_JIS as Windows writes it. */
  const SHIFT_JIS = [0x89, 0xd4, 0x8e, 0x71, 0x2c, 0xca, 0xc5, 0xba, 0x2c, 0x87, 0x40, 0xfb, 0xfc]

  test.each<[string, Uint8Array, string | undefined]>([
    ['UTF-8', utf8('花子'), '花子'],
    ['UTF-8 with its mark', utf8('\ufeff花子'), '花子'],
    ['Shift_JIS', Uint8Array.from(SHIFT_JIS), '花子,ﾊﾅｺ,①髙'],
    ['UTF-16 with its mark', Uint8Array.from([0xff, 0xfe, 0x31, 0, 0x09, 0, 0x32, 0]), '1\t2'],
    ['ASCII', utf8('a,b'), 'a,b'],
    ['nothing', utf8(''), ''],
    [
      'a picture',
      Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]),
      undefined,
    ],
    ['UTF-8 that breaks off after its mark', Uint8Array.from([0xef, 0xbb, 0xbf, 0xe8]), undefined],
  ])('%s', (_, bytes, text) => {
    expect(decodeCsv(bytes)).toBe(text)
  })
})

describe('records', () => {
  test.each<[string, string, string[][]]>([
    [
      'lines of Unix',
      'a,b\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'lines of Windows, the last without an end',
      'a,b\r\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['lines of an old Mac', 'a\rb', [['a'], ['b']]],
    ['a quoted comma and a doubled quote', '"a,""b""",c', [['a,"b"', 'c']]],
    ['a quoted line break', '"a\r\nb",c', [['a\r\nb', 'c']]],
    ['blank lines', '\n\na\n,,\n', [['a']]],
    ['an empty last field', 'a,', [['a', '']]],
    ['an empty first field', ',a', [['', 'a']]],
    ['a quote that is never closed', '"a,b', [['a,b']]],
    ['text after a closing quote', '"a"b,c', [['ab', 'c']]],
    ['a quote in the middle', 'a"b,c', [['a"b', 'c']]],
    ['tabs', 'a\tb,c'.replace(',', ' '), [['a', 'b c']]],
    ['nothing', '', []],
  ])('%s', (_, text, records) => {
    expect(fieldsOf(text)).toEqual(records)
  })

  test('know the line they begin on', () => {
    expect(parseCsv('a\n"b\nb"\n\nc').map(({ line }) => line)).toEqual([1, 2, 5])
  })

  test('whatever is written is read again', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((s) => s.trim() !== '' && !s.includes('\0'))
    const rows = fc.array(fc.array(text, { minLength: 1, maxLength: 4 }), { minLength: 1 })
    fc.assert(
      fc.property(rows, (content) => {
        const read = fieldsOf(decodeCsv(utf8(writeCsv(content))) ?? '')
        expect(read.map((row) => row.map(withoutGuard))).toEqual(content.map((row) => row.map(withoutGuard)))
      }),
    )
  })
})

describe('a spreadsheet calculates nothing of what we write', () => {
  test.each(['=1+1', '+8190', '-1', '@SUM(A1)', '\t=1', '＝1'])('%j', (text) => {
    expect(writeCsv([[text]])).toBe(`\ufeff"'${text}"\r\n`)
  })
})

describe('books', () => {
  const hanako = { name: 'オフィス花子', kana: 'オフィスハナコ', number: '09011111111' }

  test('a book that was written is the same when read', () => {
    const abroad = { name: '=HYPERLINK("x")', kana: '', number: '+12125550100' }
    const file = writeBook([hanako, abroad])
    expect(file).toContain('オフィス花子,オフィスハナコ,090-1111-1111\r\n')
    expect(file).not.toMatch(/(^|[,\n"])[=+]/)
    expect(readBook(file.replace('\ufeff', ''))).toEqual({ entries: [hanako, abroad], problems: [] })
  })

  test.each<[string, string]>([
    ['headings in another order', '電話番号,ﾌﾘｶﾞﾅ,氏名\n090-1111-1111,オフィスハナコ,オフィス花子'],
    [
      'English headings and more columns',
      'ID,Name,Kana,Phone Number\n1,オフィス花子,オフィスハナコ,09011111111',
    ],
    ['no headings', 'オフィス花子,オフィスハナコ,+81 90 1111 1111'],
  ])('%s', (_, file) => {
    expect(readBook(file)).toEqual({ entries: [hanako], problems: [] })
  })

  test('two columns are a name and a number', () => {
    expect(readBook('花子,7966').entries).toEqual([{ name: '花子', kana: '', number: '7966' }])
  })

  test('what cannot be taken is told by line, and the rest is taken', () => {
    const file = [
      '名前,カナ,電話番号',
      '花子,,7966',
      ',,1',
      '太郎,,',
      `"次${'\n'}郎",,2`,
      '三郎,,内線3',
      `四郎,,${'4'.repeat(40)}`,
      '五郎,,9.01E+10',
      '六郎,,6',
    ].join('\n')
    const { entries, problems } = readBook(file)
    expect(entries.map(({ name }) => name)).toEqual(['花子', '六郎'])
    expect(problems).toEqual([
      { line: 3, problem: 'name-missing' },
      { line: 4, problem: 'number-missing' },
      { line: 5, problem: 'characters' },
      { line: 7, problem: 'number-characters' },
      { line: 8, problem: 'too-long' },
      { line: 9, problem: 'number-characters' },
    ])
  })

  test('more than a book holds is cut, and told', () => {
    const { entries, problems } = readBook('a,,1\n'.repeat(2_005))
    expect([entries.length, problems]).toEqual([2_000, [{ line: 2_001, problem: 'too-many' }]])
  })
})
