/** A figure that somebody types: how it is shown, and what it says. */

/** What stands behind the box, and what is typed into it: calls as they are, times in ms, rates as a part of 1. */
export type Unit = 'calls' | 'seconds' | 'minutes' | 'percent'

export interface FieldKind {
  unit: Unit
  /** In the unit, as it is typed. */
  min: number
  max: number
  /** Empty says: none. */
  optional: boolean
}

const PER_UNIT: Record<Unit, number> = { calls: 1, seconds: 1_000, minutes: 60_000, percent: 0.01 }
/** Places behind the point: a minute and a half, and 99.5 %, but no half call. */
const PLACES: Record<Unit, number> = { calls: 0, seconds: 0, minutes: 2, percent: 1 }

/** What stands in the box; empty for none. */
export function shown(value: number | null, unit: Unit): string {
  return value === null ? '' : String(Number((value / PER_UNIT[unit]).toFixed(PLACES[unit])))
}

export type Typed = { ok: true; value: number | null } | { ok: false }

const NUMBER = /^\d+(\.\d+)?$/

/** What was typed; full-width digits, as Japanese keyboards write them, count as well. */
export function typed(text: string, { unit, min, max, optional }: FieldKind): Typed {
  const plain = text.normalize('NFKC').trim()
  if (plain === '') return optional ? { ok: true, value: null } : { ok: false }
  const number = NUMBER.test(plain) ? Number(plain) : NaN
  const places = plain.split('.')[1]?.length ?? 0
  if (!(number >= min && number <= max) || places > PLACES[unit]) return { ok: false }
  return { ok: true, value: exact(number, unit) }
}

/** Whole calls and whole seconds; rates without the dust of binary fractions. */
function exact(number: number, unit: Unit): number {
  if (unit === 'percent') return Math.round(number * 10) / 1_000
  if (unit === 'calls') return number
  return Math.round((number * PER_UNIT[unit]) / 1_000) * 1_000
}
