/**
 * Ticks on every full second of the server's clock. A worker, because the timers of a hidden page are slowed down
 * to once a minute, which could not be told from a PC that slept.
 */
let offset = 0

/** A little after the full second, so that a timer that fires early does not show the old one. */
const AFTER_THE_SECOND_MS = 30

function tick(): void {
  postMessage(Date.now())
  setTimeout(tick, 1000 - ((Date.now() + offset) % 1000) + AFTER_THE_SECOND_MS)
}

addEventListener('message', (event: MessageEvent<number>) => {
  offset = event.data
})

tick()
