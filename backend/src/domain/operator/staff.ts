import type { Staff, StatusKind } from '@tsunagu/contract'

const IN_CALL: StatusKind[] = ['ringing', 'talking', 'dialling', 'held', 'internal']

/** Pure: how many of these operators do what. */
export function countStaff(operators: { status: { kind: StatusKind } }[]): Staff {
  const staff = { ready: 0, inCall: 0, wrapUp: 0, away: 0 }
  for (const { status } of operators) staff[placeOf(status.kind)]++
  return staff
}

function placeOf(kind: StatusKind): keyof Staff {
  if (IN_CALL.includes(kind)) return 'inCall'
  if (kind === 'wrap-up') return 'wrapUp'
  return kind === 'ready' ? 'ready' : 'away'
}
