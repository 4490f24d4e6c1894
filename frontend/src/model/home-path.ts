import type { Role } from '@tsunagu/contract'

const HOMES: Record<Role, string> = {
  operator: '/operator',
  supervisor: '/monitor',
  administrator: '/settings',
}

/** Where a login of this role lands. */
export const homePath = (role: Role): string => HOMES[role]
