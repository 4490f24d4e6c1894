import type { BoardOperator } from '@tsunagu/contract'

export type LogOutWhen = 'now' | 'after-call'

/**
 * What is chosen once the row of somebody about whom the question stands open has changed. A call that began meanwhile was
 * not in anybody's mind when 「いますぐ」 was: it is not cut unless that is chosen now.
 */
export function chosenWhen(
  chosen: LogOutWhen,
  before: BoardOperator | undefined,
  now: BoardOperator,
): LogOutWhen {
  if (!now.call || before?.key !== now.key) return 'now'
  return before.call?.id === now.call.id ? chosen : 'after-call'
}
