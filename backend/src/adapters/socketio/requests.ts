import {
  alertBody,
  callId,
  choiceSchema,
  chooseForBody,
  dialBody,
  dtmfBody,
  listenBody,
  logOutBody,
  moveBody,
  operatorBody,
  presentBody,
  qualityBody,
  queueId,
  slotBody,
  userId,
  waitingBody,
  type Ack,
  type BoardSnapshot,
  type ClientToServerEvents,
  type MonitorRequests,
  type Role,
} from '@tsunagu/contract'
import type * as z from 'zod'
import type { MonitorDesk } from '../../app/monitor/monitor-desk.js'
import type { OperatorDesk } from '../../app/operators/operator-desk.js'
import { check } from '../http/check.js'
import type { SocketData } from './types.js'

/** `show`: to the page that asks, and to no other. */
type Asker = Pick<SocketData, 'user' | 'page'> & { show: (board: BoardSnapshot) => void }

/** Who serves what pages ask. */
export interface Desks {
  desk: OperatorDesk
  monitor: MonitorDesk
}

/** Checks what came with the request, then asks the desk. */
export type Request = (desks: Desks, asker: Asker, content: unknown[]) => Promise<Ack>

const BAD: Ack = { ok: false, code: 'bad-request' }
function plain(ask: (desks: Desks, asker: Asker) => Promise<Ack>): Request {
  return (desks, asker, content) => (content.length === 0 ? ask(desks, asker) : Promise.resolve(BAD))
}

function withContent<T>(
  schema: z.core.$ZodType<T>,
  ask: (desks: Desks, asker: Asker, content: T) => Promise<Ack>,
): Request {
  return (desks, asker, content) => {
    const checked = check(schema, content[0])
    return checked.ok && content.length === 1 ? ask(desks, asker, checked.value) : Promise.resolve(BAD)
  }
}

/** What a supervisor's page may ask besides what concerns his own phone. */
const SUPERVISOR_REQUESTS = {
  'board:resync': plain(({ monitor }, { show }) => {
    show(monitor.snapshot())
    return Promise.resolve({ ok: true })
  }),
  'alert:acknowledge': withContent(operatorBody, ({ monitor }, { user }, { operatorId }) =>
    monitor.acknowledgeAlert(user, userId(operatorId)),
  ),
  'monitor:choose': withContent(chooseForBody, ({ monitor }, { user }, { operatorId, choice }) =>
    monitor.choose(user, userId(operatorId), choice),
  ),
  'monitor:end-wrap-up': withContent(operatorBody, ({ monitor }, { user }, { operatorId }) =>
    monitor.endWrapUp(user, userId(operatorId)),
  ),
  'monitor:log-out': withContent(logOutBody, ({ monitor }, { user }, { operatorId, when }) =>
    monitor.logOut(user, userId(operatorId), when),
  ),
  'monitor:take-over': withContent(operatorBody, ({ monitor }, { user }, { operatorId }) =>
    monitor.takeOver(user, userId(operatorId)),
  ),
  'monitor:move': withContent(moveBody, ({ monitor }, { user }, { callId: call, queueId: queue }) =>
    monitor.move(user, callId(call), queueId(queue)),
  ),
  'monitor:front': withContent(waitingBody, ({ monitor }, { user }, { callId: call }) =>
    monitor.front(user, callId(call)),
  ),
  'monitor:take': withContent(waitingBody, ({ monitor }, { user }, { callId: call }) =>
    monitor.take(user, callId(call)),
  ),
  'monitor:listen': withContent(listenBody, ({ desk }, { user, page }, { operatorId, mode }) =>
    desk.listen(user.id, page, { operatorId: userId(operatorId), mode }),
  ),
  'monitor:stop': plain(({ desk }, { user, page }) => desk.stopListening(user.id, page)),
} satisfies Partial<Record<keyof MonitorRequests, Request>>

type OperatorRequest = Exclude<keyof ClientToServerEvents, keyof MonitorRequests>

type PhoneRequest = Extract<OperatorRequest, `phone:${string}` | `call:${string}`>

/** What everybody with a phone may ask: one line each. A new event of the contract that is missing does not compile. */
const PHONE_REQUESTS: Record<PhoneRequest, Request> = {
  'phone:claim': plain(({ desk }, { user, page }) => desk.claimPhone(user.id, page)),
  'phone:release': plain(({ desk }, { user, page }) => desk.releasePhone(user.id, page)),
  'call:dial': withContent(dialBody, ({ desk }, { user, page }, { number }) =>
    desk.dial(user.id, page, number),
  ),
  'call:transfer': plain(({ desk }, { user, page }) => desk.transfer(user.id, page)),
  'phone:present': withContent(presentBody, ({ desk }, { user }, { number }) =>
    desk.present(user.id, number),
  ),
  'call:answer': plain(({ desk }, { user, page }) => desk.answer(user.id, page)),
  'call:hangup': plain(({ desk }, { user, page }) => desk.hangUp(user.id, page)),
  'call:drop-target': plain(({ desk }, { user, page }) => desk.dropTarget(user.id, page)),
  'call:hold': plain(({ desk }, { user, page }) => desk.hold(user.id, page)),
  'call:resume': plain(({ desk }, { user, page }) => desk.resume(user.id, page)),
  'call:park': withContent(slotBody, ({ desk }, { user, page }, { slot }) => desk.park(user.id, page, slot)),
  'call:take': withContent(slotBody, ({ desk }, { user, page }, { slot }) => desk.take(user.id, page, slot)),
  'call:quality': withContent(qualityBody, ({ desk }, { user, page }, report) =>
    desk.noteQuality(user.id, page, report),
  ),
  'call:dtmf': withContent(dtmfBody, ({ desk }, { user, page }, { digits }) =>
    desk.sendDtmf(user.id, page, digits),
  ),
}

/** What only operators may ask: a supervisor has no status, and nobody to call for help. */
const OPERATOR_REQUESTS: Record<Exclude<OperatorRequest, PhoneRequest>, Request> = {
  'status:choose': withContent(choiceSchema, ({ desk }, { user }, choice) => desk.choose(user.id, choice)),
  'status:cancel-next': plain(({ desk }, { user }) => desk.cancelNext(user.id)),
  'alert:set': withContent(alertBody, ({ desk }, { user }, { on }) => desk.setAlert(user.id, on)),
}

const BY_ROLE: Record<Role, Partial<Record<string, Request>>> = {
  operator: { ...PHONE_REQUESTS, ...OPERATOR_REQUESTS },
  supervisor: { ...PHONE_REQUESTS, ...SUPERVISOR_REQUESTS },
  administrator: {},
}

/** `unknown`: there is no such request. `forbidden`: it is not this role's to ask. */
export function requestNamed(event: string, role: Role): Request | 'unknown' | 'forbidden' {
  if (Object.hasOwn(BY_ROLE[role], event)) return BY_ROLE[role][event] ?? 'unknown'
  return Object.values(BY_ROLE).some((requests) => Object.hasOwn(requests, event)) ? 'forbidden' : 'unknown'
}
