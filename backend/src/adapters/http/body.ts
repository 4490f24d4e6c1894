import { bodyParser } from '@koa/bodyparser'
import type { Context, Middleware } from 'koa'

/** Most bodies are a login of some hundred bytes; a route that takes more says so. */
const LONGEST_BODY = '16kb'

/** Bad JSON, too large, a compression that does not fit: whatever the reason, it is the sender's doing. */
export class UnreadableBody extends Error {}

/** Bodies are JSON; forms, text and XML are not read at all. */
export const parseBody = (longest = LONGEST_BODY): Middleware =>
  bodyParser({
    enableTypes: ['json'],
    jsonLimit: longest,
    onError(cause) {
      throw new UnreadableBody('The body cannot be read.', { cause })
    },
  })

/** A file as it was sent. @throws {UnreadableBody} when it is longer than that. */
export async function readBytes(ctx: Context, longest: number): Promise<Buffer> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of ctx.req as AsyncIterable<Buffer>) {
    length += part.length
    // What is too long is read to its end all the same: the answer would not be listened to before.
    if (length <= longest) parts.push(part)
  }
  if (length > longest) throw new UnreadableBody('The file is too long.')
  return Buffer.concat(parts)
}
