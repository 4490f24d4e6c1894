/** A figure's values as the points of SVG polylines: one for each stretch without a gap, from 0 to the highest of them. */
export function polyline(
  values: readonly (number | null)[],
  { width, height }: { width: number; height: number },
): string[] {
  const highest = Math.max(0, ...values.map((value) => value ?? 0))
  const step = values.length > 1 ? width / (values.length - 1) : 0
  const stretches: string[][] = [[]]
  values.forEach((value, i) => {
    if (value === null) {
      stretches.push([])
      return
    }
    const y = highest === 0 ? height : height - (value / highest) * height
    stretches.at(-1)?.push(`${round(i * step)},${round(y)}`)
  })
  // One point alone is no line.
  return stretches.filter((points) => points.length > 1).map((points) => points.join(' '))
}

const round = (n: number): string => String(Math.round(n * 10) / 10)
