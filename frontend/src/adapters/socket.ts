import type {
  Ack,
  BoardChange,
  BoardSnapshot,
  ClientToServerEvents,
  ConnectRefusal,
  LogoutReason,
  OperatorView,
  PageId,
  ParksView,
  ServerToClientEvents,
} from '@tsunagu/contract'
import { io, type Socket } from 'socket.io-client'

type ServerSocket = Socket<ServerToClientEvents, ClientToServerEvents>
type ButLast<A extends unknown[]> = A extends [...infer H, unknown] ? H : never
export type Asked = keyof ClientToServerEvents
export type Question<E extends Asked> = ButLast<Parameters<ClientToServerEvents[E]>>

export interface LinkEvents {
  up: () => void
  down: () => void
  view: (view: OperatorView) => void
  parks: (view: ParksView) => void
  /** To supervisors only: what goes on, whole and then change by change. */
  snapshot?: (board: BoardSnapshot) => void
  change?: (change: BoardChange) => void
  /** The session is over; the link has closed itself. */
  ended: (reason: LogoutReason | undefined) => void
}

/** The page's line to the server. It returns by itself until it is closed. */
export interface Link {
  ask: <E extends Asked>(event: E, ...question: Question<E>) => Promise<Ack>
  /** Says it without waiting: all that a page can do while it is being closed. */
  tellRelease: () => void
  /** Drops a connection that may be dead and makes a new one. */
  reconnect: () => void
  close: () => void
}

const ANSWER_LIMIT_MS = 5_000
const RETRY_MS = 2_000

/**
 * One request, one answer. In a short gap of the link it waits for the line; a silent server answers like any other
 * refusal, and the next view tells what really happened.
 */
async function ask<E extends Asked>(socket: ServerSocket, event: E, ...question: Question<E>): Promise<Ack> {
  try {
    return (await socket.timeout(ANSWER_LIMIT_MS).emitWithAck(event as never, ...(question as never))) as Ack
  } catch {
    return { ok: false, code: 'no-answer' }
  }
}

export function openLink(page: PageId, on: LinkEvents): Link {
  const socket: ServerSocket = io({
    transports: ['websocket'],
    auth: { page },
    reconnectionDelay: 300,
    reconnectionDelayMax: 3_000,
    timeout: 5_000,
  })
  const retry = retrier(socket)
  const end = (reason: LogoutReason | undefined): void => {
    close()
    on.ended(reason)
  }
  const close = (): void => {
    retry.stop()
    socket.removeAllListeners()
    socket.disconnect()
  }

  socket.on('connect', on.up)
  socket.on('operator:view', on.view)
  socket.on('parks:view', on.parks)
  if (on.snapshot) socket.on('board:snapshot', on.snapshot)
  if (on.change) socket.on('board:change', on.change)
  socket.on('session:ended', end)
  socket.on('disconnect', (why) => {
    on.down()
    // Socket.IO does not come back from these two by itself.
    if (why === 'io server disconnect') retry.soon()
  })
  socket.on('connect_error', (error) => {
    on.down()
    const refusal = (error as Error & { data?: ConnectRefusal }).data
    if (refusal?.code === 'not-logged-in') end(refusal.reason)
    else if (!socket.active) retry.soon()
  })

  return {
    ask: (event, ...question) => ask(socket, event, ...question),
    tellRelease: () => socket.emit('phone:release', () => undefined),
    reconnect: () => socket.disconnect().connect(),
    close,
  }
}

function retrier(socket: ServerSocket): { soon: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = (): void => clearTimeout(timer)
  return {
    stop,
    soon: () => {
      stop()
      timer = setTimeout(() => socket.connect(), RETRY_MS)
    },
  }
}
