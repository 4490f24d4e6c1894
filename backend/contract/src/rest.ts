import * as z from 'zod/mini'
import type { Me } from './operator-view.js'

/** POST /api/login */
export const loginBody = z.strictObject({
  userId: z.string().check(z.minLength(1), z.maxLength(64)),
  password: z.string().check(z.minLength(1), z.maxLength(256)),
})
export type LoginBody = z.infer<typeof loginBody>

/** GET /api/session and the answer to POST /api/login. */
export interface SessionView {
  me: Me
  /** The site's, an IANA name such as `Asia/Tokyo`: times are shown in it. */
  timeZone: string
}

/** GET /api/version: public, shown below the login form as `version:X.Y.Z`. */
export interface VersionView {
  version: string
}

/** GET /api/phone: what the page needs to register. Only for the session's own extension, never logged, never shown. */
export interface PhoneView {
  /** Also the user part of the SIP address and the user name of the registration. */
  extension: string
  /** Made for this login. */
  password: string
  /** The domain of the SIP address and the realm's host, e.g. `tsunagu.invalid`. */
  domain: string
  /** The header of the INVITE that names the leg. */
  legHeader: 'X-Tsunagu-Leg'
}
