/**
 * Which outside numbers may be called: an allow-list, so that a stolen login cannot run up a bill. Numbers are as
 * `normaliseNumber` leaves them: half-width, without separators, Japan's own with a leading 0.
 */
export interface DialRules {
  /** Calling codes of the countries that may be called, without `+`. */
  countries: string[]
  /** Domestic numbers that begin so are not called: premium services, other carriers' access codes. */
  barred: string[]
  /** Outgoing calls of one operator. Emergency calls are not counted. */
  perHour: number
  perDay: number
}

/** For a site that set none. 00xy would leave by another carrier, 0990 is charged to the caller (総務省, 電気通信番号計画). */
export const DEFAULT_DIAL_RULES: DialRules = {
  countries: ['81'],
  barred: ['00', '0990'],
  perHour: 120,
  perDay: 600,
}

export type Route =
  /** Always passes, and is flagged in the log. */
  | { kind: 'emergency' }
  | { kind: 'extension' }
  | { kind: 'outside' }
  | { kind: 'refused'; code: 'number-not-allowed' | 'no-such-number' }

/** Police, coast guard, fire and ambulance. */
const EMERGENCY = /^(?:110|118|119)$/
const EXTENSION = /^\d{4}$/
/** Withholds (184) or shows (186) the caller's number, and stands before any other. */
const CALLER_ID_PREFIX = /^18[46](?=\d)/
/** Three-digit services (104, 117, 171 …) and the four-digit ones with # (#7119, #9110). */
const SERVICE = /^(?:1\d{2}|#\d{4})$/
/** Nothing in Japan begins 010: it leads abroad. */
const DOMESTIC = /^0(?!10)\d{9,10}$/
const ABROAD = /^(?:\+|010)([1-9]\d{5,14})$/
/** Japan by way of its own country code, with or without the domestic 0. */
const BACK_HOME = /^(?:\+|010)810?/

/** Where a number leads. Pure; whether an extension exists is not looked up here. */
export function routeOf(dialled: string, rules: DialRules): Route {
  if (EXTENSION.test(dialled)) return { kind: 'extension' }
  const number = dialled.replace(CALLER_ID_PREFIX, '').replace(BACK_HOME, '0')
  if (EMERGENCY.test(number)) return { kind: 'emergency' }
  if (SERVICE.test(number)) return { kind: 'outside' }
  const abroad = ABROAD.exec(number)?.[1]
  if (abroad !== undefined) {
    return rules.countries.some((code) => abroad.startsWith(code)) ? { kind: 'outside' } : notAllowed
  }
  if (rules.barred.some((prefix) => number.startsWith(prefix))) return notAllowed
  return DOMESTIC.test(number) ? { kind: 'outside' } : { kind: 'refused', code: 'no-such-number' }
}

const notAllowed: Route = { kind: 'refused', code: 'number-not-allowed' }
