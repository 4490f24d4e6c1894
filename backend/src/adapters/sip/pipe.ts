import type { Socket } from 'node:net'

/** A dead browser is noticed after this and a few probes, where the network says nothing. */
const KEEP_ALIVE_MS = 30_000

/** Joins two connections until either ends; then both are closed, what was sent before still being delivered. */
export function pipeTogether(browser: Socket, asterisk: Socket): void {
  for (const [one, other] of [
    [browser, asterisk],
    [asterisk, browser],
  ] as const) {
    one.setNoDelay(true)
    one.setKeepAlive(true, KEEP_ALIVE_MS)
    // The browser's side stays half open by default (Node's HTTP servers allow it): its end must end both.
    one.once('end', () => one.destroySoon())
    one.once('close', () => other.destroySoon())
    one.pipe(other)
  }
}
