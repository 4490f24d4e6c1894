import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'

/** A curve over half hours: bars would say the same with more ink. */
export interface Curve {
  label: string
  /** `null`: there is no value. */
  values: (number | null)[]
  /** A custom property of the styles, such as `--talk`. */
  colour: string
  /** Told apart without colours. */
  dash?: number[]
  /** Of the right-hand scale, 0 to 1. */
  share?: true
}

export interface ChartOptions {
  /** Beginnings of the half hours, UTC ms. */
  times: number[]
  curves: Curve[]
  clock: (at: number) => string
  /** A point was pressed: its place in `times`. */
  onPoint: (at: number) => void
}

const HEIGHT = 260
const HALF_HOUR_MS = 1_800_000
/** The site's midnight need not be one of UTC, but its half hours are those of UTC. */
const HOUR_STEPS = [1, 2, 4, 6, 8, 12].map((halves) => halves * HALF_HOUR_MS)

/** Draws the curves into the element, as wide as it is; gives back how to take them away. */
export function drawChart(element: HTMLElement, options: ChartOptions): () => void {
  const { times, curves, onPoint } = options
  const size = () => ({ width: element.clientWidth, height: HEIGHT })
  const data: uPlot.AlignedData = [times, ...curves.map(({ values }) => values)]
  const chart = new uPlot({ ...size(), ...looks(element, options) }, data, element)
  chart.over.addEventListener('click', () => {
    const { idx } = chart.cursor
    if (idx !== null && idx !== undefined) onPoint(idx)
  })
  const resized = new ResizeObserver(() => chart.setSize(size()))
  resized.observe(element)
  return () => {
    resized.disconnect()
    chart.destroy()
  }
}

/** What is drawn knows no light-dark(): the browser computes it on an element. */
function colourIn(element: HTMLElement, name: string): string {
  const probe = document.createElement('span')
  probe.style.color = `var(${name})`
  element.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}

function looks(
  element: HTMLElement,
  { curves, clock }: ChartOptions,
): Omit<uPlot.Options, 'width' | 'height'> {
  const colour = (name: string): string => colourIn(element, name)
  const axis = {
    stroke: colour('--ink-2'),
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
  }
  const percents: uPlot.Axis.Values = (_, parts) => parts.map((part) => `${String(Math.round(part * 100))}%`)
  return {
    legend: { show: false },
    scales: {
      x: { time: false },
      calls: { range: (_, __, most) => [0, Math.max(4, most * 1.1)] },
      share: { range: [0, 1] },
    },
    cursor: { drag: { x: false, y: false }, points: { size: 9 } },
    axes: [
      { ...axis, incrs: HOUR_STEPS, values: (_, places) => places.map(clock) },
      { ...axis, scale: 'calls', size: 40, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] },
      { ...axis, scale: 'share', side: 1, size: 52, grid: { show: false }, values: percents },
    ],
    series: [
      {},
      ...curves.map(({ label, colour: name, dash, share }) => ({
        label,
        scale: share ? 'share' : 'calls',
        stroke: colour(name),
        width: 2,
        points: { show: true, size: 6 },
        ...(dash ? { dash } : {}),
      })),
    ],
  }
}
