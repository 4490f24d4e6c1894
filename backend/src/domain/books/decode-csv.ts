/** Encodings in the order in which they are tried where no mark at the beginning tells: Shift_JIS takes nearly anything. */
const GUESSES = ['utf-8', 'shift_jis'] as const

/** The text of a CSV file, whichever program wrote it; `undefined` when it is in no encoding we know. */
export function decodeCsv(bytes: Uint8Array): string | undefined {
  const [a, b, c] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return decode(bytes, 'utf-8')
  if (a === 0xff && b === 0xfe) return decode(bytes, 'utf-16le')
  for (const encoding of GUESSES) {
    const text = decode(bytes, encoding)
    if (text !== undefined) return text
  }
  return undefined
}

/** The decoder swallows a byte order mark. */
function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    // A picture or a spreadsheet may decode by chance; text has no zero in it.
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}
