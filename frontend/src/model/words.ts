import type { CallView, ChoiceFor, OperatorView } from '@tsunagu/contract'
import type { Text } from '../i18n'
import { minutesSeconds } from './clock-format'
import { formatNumber } from './phone-number'

/** The status as people say it: other work goes by its own label. */
export function statusWord(status: Pick<OperatorView['status'], 'kind' | 'work'>, text: Text): string {
  return status.work ?? text(`status.${status.kind}`)
}

export function choiceWord(choice: ChoiceFor, text: Text): string {
  return choice.kind === 'other-work' ? choice.work : text(`status.${choice.kind}`)
}

/** Somebody on the other side: a caller, a called one, the target of a transfer. */
interface Party {
  number?: string
  name?: string
}

export const numberWord = ({ number }: Party, text: Text): string =>
  number ? formatNumber(number) : text('phone.withheld')

/** Number and, where a phone book knows it, name. */
export const partyWord = (party: Party, text: Text): string =>
  [numberWord(party, text), party.name].filter(Boolean).join(' ')

/** One line of context below the number: who, which queue, how long in waiting, for whom a colleague asks. */
export function callContext(call: CallView, text: Text): string {
  const { name, queue, waitedMs, internal, onBehalfOf, heldByOther } = call
  const parts = [
    internal ? text('phone.internal') : name,
    queue && text('phone.via', { queue: queue.name, number: formatNumber(queue.number) }),
    queue && text('phone.waited', { time: minutesSeconds(Math.floor(waitedMs / 1000)) }),
    onBehalfOf && text('phone.onBehalfOf', { who: partyWord(onBehalfOf, text) }),
    heldByOther && text('phone.heldByOther'),
  ]
  return parts.filter(Boolean).join(' ・ ')
}

/** What the phone's head shows of a call. */
export interface HeadWords {
  number: string
  withheld: boolean
  /** Beside the number: the party of an internal call, the target of a transfer. Other names stand in the context. */
  name: string | undefined
  /** Start of the clock, UTC ms. */
  since: number
  context: string
}

/** The one who is spoken to or called stands at the top; whoever waits meanwhile, in the line below. */
export function headWords(call: CallView, text: Text): HeadWords {
  const { phase, target, internal, name, number, since } = call
  if (phase === 'consulting' && target) {
    const waits = target.phase === 'ready' ? 'phone.waitsForQueue' : 'phone.waitsOnHold'
    return {
      number: formatNumber(target.number),
      withheld: false,
      name: target.name,
      since: target.since,
      context: text(waits, { who: partyWord(call, text) }),
    }
  }
  return {
    number: numberWord(call, text),
    withheld: !number,
    name: internal ? name : undefined,
    since,
    context: phase === 'rejoining' ? text('phone.rejoining') : callContext(call, text),
  }
}
