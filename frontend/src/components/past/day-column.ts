import type { MessageKey } from '../../i18n'

/** A column of a list of a day: what stands over it, and in each row. */
export interface DayColumn<Row> {
  label: MessageKey
  words: (row: Row) => string
  number?: true
}
