/** RFC 4180 as spreadsheets write it: quoted fields may hold separators, line breaks and doubled quotes. */
export interface CsvRecord {
  /** The line of the file where it begins, from 1. */
  line: number
  fields: string[]
}

/** The next field: quoted (the closing quote may be missing at the end of the file) or plain, and what ends it. */
const FIELD = {
  ',': /(?:"([^"]*(?:""[^"]*)*)(?:"|$)([^,\r\n]*)|([^,\r\n]*))(,|\r\n|\n|\r|$)/y,
  '\t': /(?:"([^"]*(?:""[^"]*)*)(?:"|$)([^\t\r\n]*)|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/y,
} as const

type Separator = keyof typeof FIELD

/** Every record with content, in order; blank lines are skipped. */
export function parseCsv(text: string): CsvRecord[] {
  const separator = separatorOf(text)
  const field = new RegExp(FIELD[separator])
  const records: CsvRecord[] = []
  let line = 1
  let record: CsvRecord = { line, fields: [] }
  while (field.lastIndex < text.length || record.fields.length > 0) {
    const [whole = '', quoted, after = '', plain = '', end = ''] = field.exec(text) ?? []
    record.fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"') + after)
    line += lineBreaksIn(whole)
    if (end === separator) continue
    if (record.fields.some((content) => content.trim() !== '')) records.push(record)
    record = { line, fields: [] }
    if (end === '') break
  }
  return records
}

/** Spreadsheets also write columns apart by tabs, as "Unicode text". */
function separatorOf(text: string): Separator {
  const [first = ''] = text.split(/[\r\n]/, 1)
  return first.includes('\t') && !first.includes(',') ? '\t' : ','
}

const lineBreaksIn = (text: string): number => text.match(/\r\n|\n|\r/g)?.length ?? 0

/** What a spreadsheet would calculate instead of show. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/
const GUARDED = /^'(?=[=+\-@\t\r＝＋－＠])/

/** UTF-8 with the mark by which Excel knows it, line ends as RFC 4180 wants them. Nothing in it is calculated when opened. */
export function writeCsv(rows: string[][]): string {
  return `\ufeff${rows.map((row) => `${row.map(writeField).join(',')}\r\n`).join('')}`
}

function writeField(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A field as it was before `writeCsv` guarded it. */
export const withoutGuard = (text: string): string => text.replace(GUARDED, '')
