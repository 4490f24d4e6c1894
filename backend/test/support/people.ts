import { callId, userId, type LegId, type PageId } from '@tsunagu/contract'
import type { Ended, Offered, Waiting } from '../../src/domain/call/call.js'
import type { Operator } from '../../src/domain/operator/operator.js'
import { legOf, VISIT } from './call-samples.js'
import { MAIN } from './directory.js'

/** A caller in line. */
export const waitingCall = (id: string, more: Partial<Waiting> = {}): Waiting => ({
  ...VISIT,
  id: callId(id),
  far: id,
  picked: false,
  legs: 0,
  status: 'waiting',
  since: 1_000,
  ...more,
})

/** The same caller, ringing at an operator whose phone has not taken its leg yet. */
export const offeredCall = (waiting: Waiting, operator: string): Offered => ({
  ...waiting,
  status: 'offered',
  legs: 1,
  operatorId: userId(operator),
  leg: { ...legOf(1, false), id: `${waiting.id}:leg:1` as LegId },
  waitedMs: 1_000,
  expiresAt: 22_000,
  answered: false,
})

export const endedCall = (waiting: Waiting): Ended => ({
  ...waiting,
  status: 'ended',
  reason: 'abandoned',
  channels: [waiting.far],
})

/** Logged in, 受付可, with a phone that can ring. */
export const freeOperator = (id: string, more: Partial<Operator> = {}): Operator => ({
  id: userId(id),
  name: id,
  extension: id,
  queues: [MAIN],
  status: { kind: 'ready', since: 1_000 },
  idleSince: 1_000,
  page: 'page-one' as PageId,
  registered: true,
  ...more,
})
