/** Numbers are read and written the same on both sides of the wire. */
export {
  formatNumber,
  LONGEST_NUMBER,
  normaliseNumber,
  type NormalisedNumber,
  type NumberRefusal,
} from '@tsunagu/contract'
