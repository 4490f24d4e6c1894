export const PAD_KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const
export type PadKey = (typeof PAD_KEYS)[number]

export const isPadKey = (key: string): key is PadKey => (PAD_KEYS as readonly string[]).includes(key)

const ROWS = [697, 770, 852, 941] as const
const COLUMNS = [1209, 1336, 1477] as const

/** The two tones of a key in Hz (ITU-T Q.23), for the short sound the operator hears. */
export function tonesOf(key: PadKey): readonly [number, number] {
  const at = PAD_KEYS.indexOf(key)
  return [ROWS[Math.floor(at / 3)] ?? ROWS[0], COLUMNS[at % 3] ?? COLUMNS[0]]
}
