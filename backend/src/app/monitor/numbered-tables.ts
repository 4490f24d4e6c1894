import {
  BOARD_TABLES,
  type BoardChange,
  type BoardSnapshot,
  type BoardTable,
  type BoardTables,
} from '@tsunagu/contract'

/** Rows to be shown instead of what is there under their keys, and keys of rows that are no more. */
export type TableUpdate = { [T in BoardTable]?: { set?: BoardTables[T][]; gone?: Iterable<string> } }

interface Row {
  text: string
  row: BoardTables[BoardTable]
}

/** The board as every monitor has it: what is put in and differs comes out as the next numbered change. */
export class NumberedTables {
  private n = 0
  private readonly tables = new Map<BoardTable, Map<string, Row>>(
    BOARD_TABLES.map((name) => [name, new Map()]),
  )

  /** `run`: tells this board's numbers from those of one before it. */
  constructor(private readonly run: string) {}

  /** What is different with it, or nothing. */
  put(update: TableUpdate, now: number): BoardChange | undefined {
    const set: Record<string, unknown[]> = {}
    const gone: Record<string, string[]> = {}
    for (const name of BOARD_TABLES) {
      const rows = this.fresh(name, update[name]?.set ?? [])
      if (rows.length > 0) set[name] = rows
      const keys = this.drop(name, update[name]?.gone ?? [])
      if (keys.length > 0) gone[name] = keys
    }
    if (Object.keys(set).length === 0 && Object.keys(gone).length === 0) return undefined
    this.n++
    return { run: this.run, n: this.n, now, set, gone }
  }

  snapshot(now: number): BoardSnapshot {
    const tables = Object.fromEntries(BOARD_TABLES.map((name) => [name, this.rows(name)]))
    return { run: this.run, n: this.n, now, tables: tables as BoardSnapshot['tables'] }
  }

  rows<T extends BoardTable>(name: T): BoardTables[T][] {
    return [...this.table(name).values()].map(({ row }) => row as BoardTables[T])
  }

  keys(name: BoardTable): string[] {
    return [...this.table(name).keys()]
  }

  private fresh<T extends BoardTable>(name: T, rows: BoardTables[T][]): BoardTables[T][] {
    const table = this.table(name)
    return rows.filter((row) => {
      const text = JSON.stringify(row)
      if (table.get(row.key)?.text === text) return false
      table.set(row.key, { text, row })
      return true
    })
  }

  private drop(name: BoardTable, keys: Iterable<string>): string[] {
    const table = this.table(name)
    return [...keys].filter((key) => table.delete(key))
  }

  private table(name: BoardTable): Map<string, Row> {
    const table = this.tables.get(name)
    if (!table) throw new Error(`there is no table ${name}`)
    return table
  }
}
