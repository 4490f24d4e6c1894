import type { CallView, Choice, OperatorView } from '@tsunagu/contract'
import type { Text } from '../i18n'
import { minutesSeconds } from './clock-format'
import { formatNumber } from './phone-number'

/** The status as people say it: other work goes by its own label. */
export function statusWord(status: Pick<OperatorView['status'], 'kind' | 'work'>, text: Text): string {
  return status.work ?? text(`status.${status.kind}`)
}

export function choiceWord(choice: Choice, text: Text): string {
  return choice.kind === 'other-work' ? choice.work : text(`status.${choice.kind}`)
}

export const numberWord = (call: CallView, text: Text): string =>
  call.number ? formatNumber(call.number) : text('phone.withheld')

/** One line of context below the number: who, which queue, how long in waiting. */
export function callContext(call: CallView, text: Text): string {
  const { name, queue, waitedMs } = call
  const parts = [
    name,
    queue && text('phone.via', { queue: queue.name, number: formatNumber(queue.number) }),
    text('phone.waited', { time: minutesSeconds(Math.floor(waitedMs / 1000)) }),
  ]
  return parts.filter(Boolean).join(' ・ ')
}
