import { ERROR_MESSAGES, type ErrorBody, type ErrorCode, type LogoutReason } from '@tsunagu/contract'

/** What a route answers. */
export interface Reply {
  status: number
  body?: unknown
  headers?: Record<string, string>
}

const STATUS: Record<ErrorCode, number> = {
  'bad-request': 400,
  'wrong-login': 401,
  'not-logged-in': 401,
  forbidden: 403,
  'not-found': 404,
  'already-logged-in': 409,
  'in-call': 409,
  'no-call': 409,
  'no-phone': 409,
  'slot-taken': 409,
  'slot-empty': 409,
  'own-number': 409,
  'party-busy': 409,
  'party-away': 409,
  'transfer-only': 409,
  'no-such-number': 404,
  'number-not-allowed': 403,
  'wrong-state': 409,
  stale: 409,
  'not-phone-owner': 409,
  'too-many-attempts': 429,
  'dial-limit': 429,
  fault: 500,
  unavailable: 503,
  'no-answer': 504,
}

export const statusOf = (code: ErrorCode): number => STATUS[code]

export function errorBody(code: ErrorCode, field?: string): ErrorBody {
  return { error: { code, message: ERROR_MESSAGES[code], ...(field === undefined ? {} : { field }) } }
}

export function refuse(code: ErrorCode, more: { field?: string; reason?: LogoutReason } = {}): Reply {
  const { field, reason } = more
  return { status: STATUS[code], body: { ...errorBody(code, field), ...(reason ? { reason } : {}) } }
}
