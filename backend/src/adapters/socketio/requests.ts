import {
  alertBody,
  choiceSchema,
  dialBody,
  dtmfBody,
  operatorBody,
  presentBody,
  qualityBody,
  slotBody,
  userId,
  type Ack,
  type ClientToServerEvents,
  type MonitorRequests,
  type Role,
} from '@tsunagu/contract'
import type * as z from 'zod'
import type { OperatorDesk } from '../../app/operators/operator-desk.js'
import { check } from '../http/check.js'
import type { SocketData } from './types.js'

type Asker = Pick<SocketData, 'user' | 'page'>

/** Checks what came with the request, then asks the desk. */
export type Request = (desk: OperatorDesk, asker: Asker, content: unknown[]) => Promise<Ack>

const BAD: Ack = { ok: false, code: 'bad-request' }
function plain(ask: (desk: OperatorDesk, asker: Asker) => Promise<Ack>): Request {
  return (desk, asker, content) => (content.length === 0 ? ask(desk, asker) : Promise.resolve(BAD))
}

function withContent<T>(
  schema: z.core.$ZodType<T>,
  ask: (desk: OperatorDesk, asker: Asker, content: T) => Promise<Ack>,
): Request {
  return (desk, asker, content) => {
    const checked = check(schema, content[0])
    return checked.ok && content.length === 1 ? ask(desk, asker, checked.value) : Promise.resolve(BAD)
  }
}

/** What a supervisor's page may ask besides what concerns his own phone. */
const SUPERVISOR_REQUESTS = {
  'alert:acknowledge': withContent(operatorBody, (desk, { user }, { operatorId }) =>
    desk.acknowledgeAlert(userId(operatorId), user),
  ),
} satisfies Partial<Record<keyof MonitorRequests, Request>>

type OperatorRequest = Exclude<keyof ClientToServerEvents, keyof MonitorRequests>

type PhoneRequest = Extract<OperatorRequest, `phone:${string}` | `call:${string}`>

/** What everybody with a phone may ask: one line each. A new event of the contract that is missing does not compile. */
const PHONE_REQUESTS: Record<PhoneRequest, Request> = {
  'phone:claim': plain((desk, { user, page }) => desk.claimPhone(user.id, page)),
  'phone:release': plain((desk, { user, page }) => desk.releasePhone(user.id, page)),
  'call:dial': withContent(dialBody, (desk, { user, page }, { number }) => desk.dial(user.id, page, number)),
  'call:transfer': plain((desk, { user, page }) => desk.transfer(user.id, page)),
  'phone:present': withContent(presentBody, (desk, { user }, { number }) => desk.present(user.id, number)),
  'call:answer': plain((desk, { user, page }) => desk.answer(user.id, page)),
  'call:hangup': plain((desk, { user, page }) => desk.hangUp(user.id, page)),
  'call:drop-target': plain((desk, { user, page }) => desk.dropTarget(user.id, page)),
  'call:hold': plain((desk, { user, page }) => desk.hold(user.id, page)),
  'call:resume': plain((desk, { user, page }) => desk.resume(user.id, page)),
  'call:park': withContent(slotBody, (desk, { user, page }, { slot }) => desk.park(user.id, page, slot)),
  'call:take': withContent(slotBody, (desk, { user, page }, { slot }) => desk.take(user.id, page, slot)),
  'call:quality': withContent(qualityBody, (desk, { user, page }, report) =>
    desk.noteQuality(user.id, page, report),
  ),
  'call:dtmf': withContent(dtmfBody, (desk, { user, page }, { digits }) =>
    desk.sendDtmf(user.id, page, digits),
  ),
}

/** What only operators may ask: a supervisor has no status, and nobody to call for help. */
const OPERATOR_REQUESTS: Record<Exclude<OperatorRequest, PhoneRequest>, Request> = {
  'status:choose': withContent(choiceSchema, (desk, { user }, choice) => desk.choose(user.id, choice)),
  'status:cancel-next': plain((desk, { user }) => desk.cancelNext(user.id)),
  'alert:set': withContent(alertBody, (desk, { user }, { on }) => desk.setAlert(user.id, on)),
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
