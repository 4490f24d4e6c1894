import { formatNumbersBy } from '../model/phone-number'

/** Fetches the table of area codes beside everything else: until it is here, or without it, numbers are written roughly. */
export async function fetchNumberFormat(): Promise<void> {
  const code = await import('../adapters/number-format').catch(() => undefined)
  if (code) formatNumbersBy(code.formatJapanese)
}
