import {
  alertBody,
  choiceSchema,
  dtmfBody,
  slotBody,
  type Ack,
  type ClientToServerEvents,
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

/** Everything a page may ask: one line each. A new event of the contract that is missing here does not compile. */
export const REQUESTS: Record<keyof ClientToServerEvents, Request> = {
  'status:choose': withContent(choiceSchema, (desk, { user }, choice) => desk.choose(user.id, choice)),
  'status:cancel-next': plain((desk, { user }) => desk.cancelNext(user.id)),
  'phone:claim': plain((desk, { user, page }) => desk.claimPhone(user.id, page)),
  'phone:release': plain((desk, { user, page }) => desk.releasePhone(user.id, page)),
  'call:answer': plain((desk, { user }) => desk.answer(user.id)),
  'call:hangup': plain((desk, { user }) => desk.hangUp(user.id)),
  'call:hold': plain((desk, { user }) => desk.hold(user.id)),
  'call:resume': plain((desk, { user }) => desk.resume(user.id)),
  'call:park': withContent(slotBody, (desk, { user }, { slot }) => desk.park(user.id, slot)),
  'call:take': withContent(slotBody, (desk, { user }, { slot }) => desk.take(user.id, slot)),
  'alert:set': withContent(alertBody, (desk, { user }, { on }) => desk.setAlert(user.id, on)),
  'call:dtmf': withContent(dtmfBody, (desk, { user }, { digits }) => desk.sendDtmf(user.id, digits)),
}

/** `undefined`: there is no such request. */
export const requestNamed = (event: string): Request | undefined =>
  Object.hasOwn(REQUESTS, event) ? REQUESTS[event as keyof typeof REQUESTS] : undefined
