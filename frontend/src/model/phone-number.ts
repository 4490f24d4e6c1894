import { formatNumber as roughly } from '@tsunagu/contract'
import { shallowRef } from 'vue'

/** Numbers are read the same on both sides of the wire. */
export { LONGEST_NUMBER, normaliseNumber, type NormalisedNumber, type NumberRefusal } from '@tsunagu/contract'

/** Writes a number for reading; `undefined` where it does not know how. */
export type NumberFormat = (number: string) => string | undefined

const exact = shallowRef<NumberFormat>()

/** From now on numbers are written this way. What is on the screen follows. */
export function formatNumbersBy(format: NumberFormat): void {
  exact.value = format
}

/** A number for reading: `0463-12-3456`; extensions and foreign numbers stay as they are. */
export const formatNumber = (number: string): string => exact.value?.(number) ?? roughly(number)
