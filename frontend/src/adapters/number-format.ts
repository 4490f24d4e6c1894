import { parsePhoneNumberFromString } from 'libphonenumber-js/core'
import metadata from 'libphonenumber-js/metadata.min.json'

const CODE_OF_JAPAN = '81'

/**
 * A Japanese number with its area code set apart, which takes a table of them: 0463-12-3456, but 046-212-3456. Anything
 * of which the library is not certain, or of which it would not show every digit, is left to others.
 */
export function formatJapanese(number: string): string | undefined {
  const domestic = number.replace(/^\+81/, '0')
  if (!/^0\d{9,10}$/.test(domestic)) return undefined
  const parsed = parsePhoneNumberFromString(domestic, 'JP', metadata)
  if (parsed?.countryCallingCode !== CODE_OF_JAPAN || !parsed.isValid()) return undefined
  const shown = parsed.formatNational()
  return shown.replaceAll('-', '') === domestic ? shown : undefined
}
