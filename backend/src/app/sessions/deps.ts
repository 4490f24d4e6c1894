import type { Me } from '@tsunagu/contract'
import type { OperatorDesk } from '../operators/operator-desk.js'
import type { Alarms, Clock, Directory, Ids, Log, Publisher, SessionStore, User } from '../ports.js'
import type { Links, LoginLimiter, Passwords } from './ports.js'

/** What the use cases of a session work with. */
export interface SessionDeps {
  store: SessionStore
  directory: Directory
  passwords: Passwords
  limiter: LoginLimiter
  desk: OperatorDesk
  publisher: Publisher
  links: Links
  alarms: Alarms
  clock: Clock
  ids: Ids
  log: Log
  /** How long a silent link may stay silent before its session ends, in ms. */
  graceMs: number
}

/** Has a status and a phone: every operator, and a supervisor who has an extension. */
export const hasDesk = ({ role, extension }: User): boolean =>
  role === 'operator' || (role === 'supervisor' && extension !== undefined)

export function toMe(user: User): Me {
  const { id, name, role, extension } = user
  return { id, name, role, ...(extension === undefined ? {} : { extension }) }
}
