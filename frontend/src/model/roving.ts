/** The keys that move the focus within a group of buttons which is one stop of the Tab key. */
const STEPS = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: 'row-up',
  ArrowDown: 'row-down',
  Home: 'first',
  End: 'last',
} as const

/** Where the focus goes from `at`, in rows of `columns`; nothing for other keys and at the edge. */
export function rove(key: string, at: number, shape: { count: number; columns: number }): number | undefined {
  const step = Object.hasOwn(STEPS, key) ? STEPS[key as keyof typeof STEPS] : undefined
  const { count, columns } = shape
  if (step === undefined) return undefined
  if (step === 'first') return 0
  if (step === 'last') return count - 1
  if (typeof step === 'string' && columns >= count) return undefined
  const to = at + (step === 'row-up' ? -columns : step === 'row-down' ? columns : step)
  return to >= 0 && to < count ? to : undefined
}
