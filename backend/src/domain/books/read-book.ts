import {
  entryProblem,
  foldText,
  formatNumber,
  MOST_ENTRIES,
  tidyEntry,
  type BookEntry,
  type BookField,
  type ImportedBook,
  type ImportProblem,
} from '@tsunagu/contract'
import { parseCsv, withoutGuard, writeCsv, type CsvRecord } from './csv.js'

/** The first line of our own files; others are recognised by what their first line says. */
const HEADER: Record<BookField, string> = { name: '名前', kana: 'カナ', number: '電話番号' }

const HEADINGS: Record<BookField, RegExp> = {
  name: /^(名前|氏名|名称|表示名|お名前|name|fullname|displayname)$/,
  kana: /^(カナ|フリガナ|カナ名|氏名カナ|名前カナ|ヨミ|ヨミガナ|読ミ|読ミガナ|kana|yomi|reading|furigana)$/,
  number: /^(電話番号|電話|番号|内線|内線番号|tel|phone|phonenumber|number|telephone)$/,
}

type Columns = Record<BookField, number>

/** A book as a CSV file. Hyphens keep a spreadsheet from taking a number for a quantity and dropping its 0. */
export function writeBook(entries: BookEntry[]): string {
  const rows = entries.map(({ name, kana, number }) => [name, kana, formatNumber(number)])
  return writeCsv([[HEADER.name, HEADER.kana, HEADER.number], ...rows])
}

/** What of a CSV file can go into a book, and why the rest cannot, line by line. */
export function readBook(text: string): ImportedBook {
  const records = parseCsv(text)
  const [first] = records
  const titled = first && columnsOf(first)
  const rows = titled ? records.slice(1) : records
  const entries: BookEntry[] = []
  const problems: ImportProblem[] = []
  for (const record of rows) {
    const entry = entryOf(record, titled ?? columnsByPlace(record))
    const problem = entries.length < MOST_ENTRIES ? problemOf(entry) : 'too-many'
    if (problem) problems.push({ line: record.line, problem })
    else entries.push(tidyEntry(entry))
    if (problem === 'too-many') break
  }
  return { entries, problems }
}

/** Where the columns stand, if this is a line of headings: then it names at least the numbers. */
function columnsOf({ fields }: CsvRecord): Columns | undefined {
  const headings = fields.map((field) => foldText(field))
  const at = (field: BookField): number => headings.findIndex((heading) => HEADINGS[field].test(heading))
  const columns = { name: at('name'), kana: at('kana'), number: at('number') }
  return columns.number >= 0 ? columns : undefined
}

/** Without headings: name, kana, number; of two columns, name and number. */
function columnsByPlace({ fields }: CsvRecord): Columns {
  return fields.length === 2 ? { name: 0, kana: -1, number: 1 } : { name: 0, kana: 1, number: 2 }
}

function entryOf({ fields }: CsvRecord, columns: Columns): BookEntry {
  const of = (field: BookField): string => withoutGuard((fields[columns[field]] ?? '').trim())
  return { name: of('name'), kana: of('kana'), number: of('number') }
}

function problemOf(entry: BookEntry): ImportProblem['problem'] | undefined {
  const wrong = entryProblem(entry)
  if (!wrong) return undefined
  const { field, problem } = wrong
  if (problem === 'missing') return field === 'number' ? 'number-missing' : 'name-missing'
  return problem === 'characters' && field === 'number' ? 'number-characters' : problem
}
