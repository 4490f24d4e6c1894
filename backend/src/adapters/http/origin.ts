import type { IncomingHttpHeaders } from 'node:http'

/**
 * A browser names the page's origin on everything a page of another site could make it send; it must be our own. What
 * sends none is no page of another site, but a tool.
 */
export function isSameOrigin({ origin, host }: IncomingHttpHeaders): boolean {
  return (
    origin === undefined || (host !== undefined && origin.toLowerCase() === `https://${host.toLowerCase()}`)
  )
}
