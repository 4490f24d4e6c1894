/** A gap this long between ticks means that the PC slept, or the browser froze the page. */
const SLEEP_GAP_MS = 5_000

export interface TickEvents {
  tick: (localNow: number) => void
  woke: () => void
}

export interface Ticker {
  /** Moves the ticks to the full seconds of the server's clock. */
  align: (offset: number) => void
  stop: () => void
}

export function startTicker(on: TickEvents): Ticker {
  const worker = new Worker(new URL('./tick.worker.ts', import.meta.url), { type: 'module' })
  let last: number | undefined
  worker.onmessage = (event: MessageEvent<number>) => {
    // By the worker's time alone: a dialog of the browser holds up this thread for as long as it is open.
    const slept = last !== undefined && event.data - last > SLEEP_GAP_MS
    last = event.data
    on.tick(event.data)
    if (slept) on.woke()
  }
  return {
    align: (offset) => worker.postMessage(offset),
    stop: () => worker.terminate(),
  }
}
