import * as z from 'zod/mini'
import type { Ack, ErrorCode } from './errors.js'
import type { BoardChange, BoardSnapshot } from './board.js'
import type { MonitorRequests } from './monitor-socket.js'
import { PARK_SLOTS, type OperatorView, type ParksView } from './operator-view.js'
import type { QualityBody } from './quality.js'

/** Why a page is shown the logged-out screen. */
export type LogoutReason = 'logged-out' | 'link-lost' | 'forced' | 'expired'

/** The handshake's `auth`: which page this is. */
export const pageAuth = z.strictObject({
  page: z.string().check(z.regex(/^[0-9a-zA-Z-]{8,64}$/)),
})

export const choiceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ready') }),
  z.strictObject({ kind: z.literal('short-break') }),
  z.strictObject({ kind: z.literal('lunch') }),
  z.strictObject({ kind: z.literal('other-work'), work: z.string().check(z.minLength(1), z.maxLength(40)) }),
])

export const dtmfBody = z.strictObject({
  digits: z.string().check(z.regex(/^[0-9*#]{1,32}$/)),
})

export const slotBody = z.strictObject({ slot: z.literal(PARK_SLOTS) })
/** What the dial field holds, as it was typed or pasted. */
export const dialBody = z.strictObject({ number: z.string().check(z.minLength(1), z.maxLength(64)) })
/** One of the company's own numbers, as the view lists them. */
export const presentBody = z.strictObject({ number: z.string().check(z.minLength(1), z.maxLength(32)) })
export const alertBody = z.strictObject({ on: z.boolean() })
/** What a page may ask. Every request is acknowledged; silence is treated as the refusal `no-answer`. */
export interface ClientToServerEvents extends MonitorRequests {
  /** Press a status. Pressing the one that is on takes it off again (operator manual, 3-4 and 3-6). */
  'status:choose': (choice: z.infer<typeof choiceSchema>, reply: (ack: Ack) => void) => void
  /** Take back the status chosen for after the call. */
  'status:cancel-next': (reply: (ack: Ack) => void) => void
  /** This page now owns the phone (it holds the browser's lock); the previous owner, if any, only shows. Repeating it is harmless. */
  'phone:claim': (reply: (ack: Ack) => void) => void
  /** This page gives the phone up: the tab is closing or another took over. A call that is up waits for its return. */
  'phone:release': (reply: (ack: Ack) => void) => void
  /**
   * Of the call, only the page that owns the phone may ask: `not-phone-owner`. This one dials; while a call is held, the target of its transfer. Refused with `own-number`, `party-busy`, `party-away`,
   * `no-such-number`, `number-not-allowed`, `dial-limit`, `transfer-only`; whatever fails later is told by the status.
   */
  'call:dial': (body: z.infer<typeof dialBody>, reply: (ack: Ack) => void) => void
  /** 「転送実行」: connects the held party with the target, also when that one still rings. */
  'call:transfer': (reply: (ack: Ack) => void) => void
  /** 「外線」: what outgoing calls present from now on. */
  'phone:present': (body: z.infer<typeof presentBody>, reply: (ack: Ack) => void) => void
  'call:answer': (reply: (ack: Ack) => void) => void
  /** Ends the call; on one that rings, rejects it. While a transfer is arranged, it ends only the call to the target. */
  'call:hangup': (reply: (ack: Ack) => void) => void
  /** 「切断」 on a page that shows a target: `stale` when that one has just left by himself, so that it never cuts the caller. */
  'call:drop-target': (reply: (ack: Ack) => void) => void
  /** 「保留」: the caller hears music; refused where no talk is up. */
  'call:hold': (reply: (ack: Ack) => void) => void
  'call:resume': (reply: (ack: Ack) => void) => void
  /** Puts the call into a free slot; `slot-taken` when somebody was faster. */
  'call:park': (body: z.infer<typeof slotBody>, reply: (ack: Ack) => void) => void
  /** Takes the call out of a slot; `slot-empty` when somebody was faster. */
  'call:take': (body: z.infer<typeof slotBody>, reply: (ack: Ack) => void) => void
  /** Asks the supervisors for help, or withdraws it (operator manual 3-3). */
  'alert:set': (body: z.infer<typeof alertBody>, reply: (ack: Ack) => void) => void
  /** Tones to the other party. */
  'call:dtmf': (body: z.infer<typeof dtmfBody>, reply: (ack: Ack) => void) => void
  /** How the leg sounds: now and then while it is up, and once when it is over. Stored with the call. */
  'call:quality': (body: QualityBody, reply: (ack: Ack) => void) => void
}

export interface ServerToClientEvents {
  'operator:view': (view: OperatorView) => void
  'parks:view': (view: ParksView) => void
  /** To supervisors only: the whole board, at the beginning of a link and when it was asked for. */
  'board:snapshot': (board: BoardSnapshot) => void
  'board:change': (change: BoardChange) => void
  /** The session is over; the socket is closed after it. */
  'session:ended': (reason: LogoutReason) => void
}

/** A connection without a valid session is refused with this as the error's `data`. */
export interface ConnectRefusal {
  code: ErrorCode
  reason?: LogoutReason
}
