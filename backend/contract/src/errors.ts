import type { LogoutReason } from './socket.js'

/**
 * Every refusal the server can give, as a code. The words for people live in the browser's message
 * catalogues, keyed by code (`refusal.<code>`); `message` on the wire is English, for scripts and logs.
 */
export const ERROR_MESSAGES = {
  'bad-request': 'The request is not of the expected form.',
  'not-found': 'There is nothing at this address.',
  'not-logged-in': 'Log in first.',
  forbidden: 'This login may not do that.',
  'wrong-login': 'The user ID or the password is wrong.',
  'already-logged-in': 'The user is already logged in elsewhere.',
  'too-many-attempts': 'Too many attempts. Try again later.',
  'in-call': 'Not while a call is up.',
  'no-call': 'There is no call.',
  'wrong-state': 'Not possible in the present state.',
  stale: 'Overtaken by events.',
  'no-phone': 'This login has no phone that could take a call.',
  'slot-taken': 'Somebody else has just used this slot.',
  'slot-empty': 'There is no call in this slot any more.',
  'own-number': 'This is your own extension.',
  'party-busy': 'This extension has a call.',
  'party-away': 'Nobody is at this extension.',
  'no-such-number': 'There is no such extension or number.',
  'number-not-allowed': 'This number may not be called from here.',
  'dial-limit': 'Too many outgoing calls in a short time.',
  'transfer-only': 'A queue can only be transferred to.',
  'not-phone-owner': 'Another tab owns the phone.',
  'no-answer': 'The server did not answer in time.',
  unavailable: 'A part of the system is not reachable at the moment.',
  fault: 'An unexpected fault. It has been logged.',
} as const

export type ErrorCode = keyof typeof ERROR_MESSAGES

/** The body of every 4xx and 5xx answer of the API. */
export interface ErrorBody {
  /** `field`: what of the request is wrong, with `bad-request`. */
  error: { code: ErrorCode; message: string; field?: string }
  /** Why the session ended, with `not-logged-in` where it is still known. */
  reason?: LogoutReason
}

/** The answer to a request on the socket: done, or refused with a reason. */
export type Ack = { ok: true } | { ok: false; code: ErrorCode }
