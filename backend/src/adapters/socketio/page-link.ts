import type { Ack, BoardSnapshot } from '@tsunagu/contract'
import type { DisconnectReason } from 'socket.io'
import type { MonitorDesk } from '../../app/monitor/monitor-desk.js'
import type { OperatorDesk } from '../../app/operators/operator-desk.js'
import type { Log } from '../../app/ports.js'
import { hasDesk } from '../../app/sessions/deps.js'
import type { Sessions } from '../../app/sessions/sessions.js'
import { requestNamed } from './requests.js'
import { OPERATORS_ROOM, SUPERVISORS_ROOM, sessionRoom, userRoom } from './rooms.js'
import type { Turns } from './turns.js'
import type { PageSocket } from './types.js'

export interface LinkDeps {
  sessions: Sessions
  desk: OperatorDesk
  monitor: MonitorDesk
  log: Log
  turns: Turns
}

/** Ends that are our own doing: whoever ended the session has told the desk, and a restart changes nothing for it. */
const OUR_DOING: ReadonlySet<DisconnectReason> = new Set([
  'server namespace disconnect',
  'server shutting down',
])

const TOO_LATE: Ack = { ok: false, code: 'stale' }
const TOO_MANY: Ack = { ok: false, code: 'too-many-attempts' }

/** One page's connection, from the moment it was admitted. */
export function servePage(socket: PageSocket, deps: LinkDeps): void {
  const { user, session } = socket.data
  // Before anything is awaited: the page may ask at once, and a session that ends now must find this socket.
  void socket.join([userRoom(user.id), sessionRoom(session)])
  socket.onAny((event: string, ...args: unknown[]) => void answer(socket, deps, { event, args }))
  socket.on('disconnect', (reason) => watched(deps.log, user.id, afterLink(socket, deps, reason)))
  watched(deps.log, user.id, welcome(socket, deps))
}

async function welcome(socket: PageSocket, { sessions, desk, monitor }: LinkDeps): Promise<void> {
  const { user, session } = socket.data
  if (!(await sessions.linkOpened(session))) {
    socket.emit('session:ended', (await sessions.endOf(session)) ?? 'expired')
    socket.disconnect(true)
    return
  }
  if (user.role === 'supervisor') {
    // In one breath, so that no change falls between the two.
    void socket.join(SUPERVISORS_ROOM)
    socket.emit('board:snapshot', monitor.snapshot())
  }
  if (!hasDesk(user)) return
  void socket.join(OPERATORS_ROOM)
  socket.emit('operator:view', await desk.view(user.id))
  socket.emit('parks:view', await desk.parks())
}

async function afterLink(socket: PageSocket, deps: LinkDeps, reason: DisconnectReason): Promise<void> {
  if (OUR_DOING.has(reason)) return
  const { user, session } = socket.data
  await Promise.all([
    deps.sessions.linkClosed(session, reason === 'ping timeout' ? 'silent' : 'closed'),
    // After what it asked last: a claim that is still under way would give the phone to a page that is no more.
    hasDesk(user) ? deps.turns.last(turnOf(socket), () => endPage(socket, deps)) : undefined,
  ])
}

async function endPage({ nsp, data }: PageSocket, { desk }: LinkDeps): Promise<void> {
  const { user, session, page } = data
  // A page that reconnected before its old connection was given up has a second socket.
  const sameRoom = await nsp.in(sessionRoom(session)).fetchSockets()
  if (!sameRoom.some((other) => other.data.page === page)) await desk.pageGone(user.id, page)
}

/** A page keeps its place over a reconnect; its name is its own choice, so it counts only within the session. */
const turnOf = ({ data: { session, page } }: PageSocket): string => `${session.tokenHash} ${page}`

/** Socket.IO would leave an unknown event, and one that fails, without any answer. */
async function answer(
  socket: PageSocket,
  { desk, monitor, log, turns }: LinkDeps,
  { event, args }: { event: string; args: unknown[] },
): Promise<void> {
  const { user } = socket.data
  const last = args.at(-1)
  const asks = typeof last === 'function'
  const reply = asks ? (last as (ack: Ack) => void) : () => undefined
  const request = requestNamed(event, user.role)
  if (request === 'unknown') return reply({ ok: false, code: 'bad-request' })
  if (request === 'forbidden') return reply({ ok: false, code: 'forbidden' })
  const asker = { ...socket.data, show: (board: BoardSnapshot) => void socket.emit('board:snapshot', board) }
  // A connection that broke while this waited told the page `no-answer`: nothing may follow from it any more.
  const serve = (): Promise<Ack> =>
    socket.connected
      ? request({ desk, monitor }, asker, asks ? args.slice(0, -1) : args)
      : Promise.resolve(TOO_LATE)
  try {
    reply((await turns.take(turnOf(socket), serve)) ?? TOO_MANY)
  } catch (err) {
    log.error({ err, userId: user.id, event }, 'request of a page failed')
    reply({ ok: false, code: 'fault' })
  }
}

/** Nobody waits for these: a fault is logged here, at the edge. */
function watched(log: Log, userId: string, work: Promise<void>): void {
  work.catch((err: unknown) => log.error({ err, userId }, 'keeping track of a page failed'))
}
