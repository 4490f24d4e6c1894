/** Japan's own country code, as carriers may send it instead of the leading 0. */
const COUNTRY = '+81'

/** One spelling per number, so that `+81 90-1111-1111` and `09011111111` are found under the same key. */
export function numberKey(number: string): string {
  const plain = number.replace(/[^\d+*#]/g, '')
  return plain.startsWith(COUNTRY) ? `0${plain.slice(COUNTRY.length)}` : plain
}
