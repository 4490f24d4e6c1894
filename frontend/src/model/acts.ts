import type { BoardOperator, ListenMode } from '@tsunagu/contract'
import type { PhoneSituation } from './buttons'

/** What a supervisor can do to an operator, in the order of the menu. */
export const ACTS = ['listen', 'whisper', 'barge', 'take-over', 'choose', 'end-wrap-up', 'log-out'] as const
export type Act = (typeof ACTS)[number]

/** Why an act is dimmed; the words are in the catalogue under `actWhy`. */
export type ActWhy =
  | 'no-link'
  | 'no-call'
  | 'in-call'
  | 'no-phone'
  | 'other-tab'
  | 'this-mode'
  | 'no-wrap-up'
  | 'internal'
  | 'consulting'
export type ActGate = { open: true } | { open: false; why: ActWhy }

const OPEN: ActGate = { open: true }
const shut = (why: ActWhy): ActGate => ({ open: false, why })

/** Phases in which the operator speaks to somebody, or would without the hold. */
const SPEAKS = ['talking', 'held', 'consulting', 'rejoining']

/** Whether the supervisor's own phone is free for it. */
function phoneGate({ view, tab }: PhoneSituation): ActGate {
  if (!view) return shut('no-phone')
  if (tab === 'other') return shut('other-tab')
  return view.call ? shut('in-call') : OPEN
}

function listenGate(mode: ListenMode, { key, call }: BoardOperator, situation: PhoneSituation): ActGate {
  if (!call || !SPEAKS.includes(call.phase)) return shut('no-call')
  const listening = situation.view?.listening
  if (listening?.operator.id === key && listening.mode === mode) return shut('this-mode')
  return phoneGate(situation)
}

/** Only a caller can be taken over, and not while it is open whose he is. */
function takeOverGate({ call }: BoardOperator, situation: PhoneSituation): ActGate {
  if (!call || !SPEAKS.includes(call.phase)) return shut('no-call')
  if (call.internal) return shut('internal')
  return call.phase === 'consulting' ? shut('consulting') : phoneGate(situation)
}

/** Whether this act is possible on this operator now. */
export function actGate(act: Act, row: BoardOperator, situation: PhoneSituation): ActGate {
  if (!situation.linkUp) return shut('no-link')
  switch (act) {
    case 'listen':
    case 'whisper':
    case 'barge':
      return listenGate(act, row, situation)
    case 'take-over':
      return takeOverGate(row, situation)
    case 'end-wrap-up':
      return row.status.kind === 'wrap-up' ? OPEN : shut('no-wrap-up')
    case 'choose':
    case 'log-out':
      return OPEN
  }
}

/** What can be done with somebody who waits. */
export type WaitingAct = 'move' | 'front' | 'take'

export function waitingGate(act: WaitingAct, situation: PhoneSituation): ActGate {
  if (!situation.linkUp) return shut('no-link')
  return act === 'take' ? phoneGate(situation) : OPEN
}
