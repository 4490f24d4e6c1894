// @ts-check
/** The board as a monitor keeps it. */
export class Board {
  /** @type {Map<string, Map<string, any>>} */
  tables = new Map()
  n = 0
  gaps = 0

  /** @param {{ n: number, tables: Record<string, any[]> }} snapshot */
  take({ n, tables }) {
    this.n = n
    this.tables = new Map(
      Object.entries(tables).map(([name, rows]) => [name, new Map(rows.map((row) => [row.key, row]))]),
    )
  }

  /** @param {{ n: number, set: Record<string, any[]>, gone: Record<string, string[]> }} change */
  apply({ n, set, gone }) {
    if (n !== this.n + 1) this.gaps++
    this.n = n
    for (const [name, rows] of Object.entries(set))
      for (const row of rows) this.tables.get(name)?.set(row.key, row)
    for (const [name, keys] of Object.entries(gone))
      for (const key of keys) this.tables.get(name)?.delete(key)
  }
}
