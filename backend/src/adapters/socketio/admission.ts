import { ERROR_MESSAGES, pageAuth, pageId, type ConnectRefusal } from '@tsunagu/contract'
import type { ExtendedError } from 'socket.io'
import type { Log } from '../../app/ports.js'
import type { Sessions } from '../../app/sessions/sessions.js'
import { check } from '../http/check.js'
import { tokenIn } from '../http/cookie.js'
import type { PageSocket } from './types.js'

type Next = (error?: ExtendedError) => void

/** Lets in the pages of a session; the others learn why not from the error's `data`. */
export function admitPages(sessions: Sessions, log: Log) {
  return (socket: PageSocket, next: Next): void => {
    refusalOf(socket, sessions).then(
      (refusal) => next(refusal && toError(refusal)),
      (err: unknown) => {
        log.error({ err }, 'admitting a page failed')
        next(toError({ code: 'fault' }))
      },
    )
  }
}

async function refusalOf(socket: PageSocket, sessions: Sessions): Promise<ConnectRefusal | undefined> {
  const who = await sessions.authenticate(tokenIn(socket.request.headers.cookie))
  if (!who.ok) return { code: 'not-logged-in', ...(who.reason ? { reason: who.reason } : {}) }
  const auth = check(pageAuth, socket.handshake.auth)
  if (!auth.ok) return { code: 'bad-request' }
  const { user, session } = who
  Object.assign(socket.data, { user, session, page: pageId(auth.value.page) })
  return undefined
}

function toError(data: ConnectRefusal): ExtendedError {
  return Object.assign(new Error(ERROR_MESSAGES[data.code]), { data })
}
