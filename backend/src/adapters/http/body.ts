import { bodyParser } from '@koa/bodyparser'
import type { Middleware } from 'koa'

/** The longest body any route takes is a login of some hundred bytes. */
const LONGEST_BODY = '16kb'

/** Bad JSON, too large, a compression that does not fit: whatever the reason, it is the sender's doing. */
export class UnreadableBody extends Error {}

/** Bodies are JSON; forms, text and XML are not read at all. */
export const parseBody: Middleware = bodyParser({
  enableTypes: ['json'],
  jsonLimit: LONGEST_BODY,
  onError(cause) {
    throw new UnreadableBody('The body cannot be read.', { cause })
  },
})
