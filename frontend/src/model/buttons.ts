import type { OperatorView, ParkedView } from '@tsunagu/contract'
import { inCall } from './phone-state'

/** Who works the phone here: this tab, another one of this browser, or not known yet. */
export type TabRole = 'waiting' | 'owner' | 'other'

export interface PhoneSituation {
  view: OperatorView | undefined
  linkUp: boolean
  tab: TabRole
}

/** Why a button is dimmed; the words are in the catalogue under `dimmed`. */
export type DimReason = 'no-link' | 'other-tab' | 'nothing-rings' | 'no-talk' | 'slot-free' | 'busy'

/** Dimmed for a reason, or free to press. */
export type Gate = { open: true } | { open: false; why: DimReason }

const OPEN: Gate = { open: true }
const shut = (why: DimReason): Gate => ({ open: false, why })

/** What holds for everything that the server has to do. */
export function serverGate({ linkUp }: PhoneSituation): Gate {
  return linkUp ? OPEN : shut('no-link')
}

function phoneGate(situation: PhoneSituation): Gate {
  if (situation.tab === 'other') return shut('other-tab')
  return serverGate(situation)
}

/** 「通話」 */
export function callGate(situation: PhoneSituation): Gate {
  if (situation.view?.call?.phase !== 'ringing') return shut('nothing-rings')
  return phoneGate(situation)
}

/** 「切断」 is there while a call rings or is up (operator manual, 3-1 ⑥). */
export const hangUpShown = ({ view }: PhoneSituation): boolean => view?.call !== undefined
export const hangUpGate = (situation: PhoneSituation): Gate => phoneGate(situation)

/** Pad keys are tones to the other party in a call and edit the dial field otherwise. */
export const keysAreTones = (situation: PhoneSituation): boolean =>
  inCall(situation.view) && phoneGate(situation).open

/** 「保留」: in a talk, and on hold to resume. */
export function holdGate(situation: PhoneSituation): Gate {
  const phase = situation.view?.call?.phase
  return phase === 'talking' || phase === 'held' ? phoneGate(situation) : shut('no-talk')
}

/** 「ミュート」 is this page's own business: it works without the server, but only where the microphone is. */
export function muteGate({ view, tab }: PhoneSituation): Gate {
  if (!inCall(view)) return shut('no-talk')
  return tab === 'other' ? shut('other-tab') : OPEN
}

/** A slot of パーク保留: a free one takes the present call, a taken one gives its call to whoever has none. */
export function slotGate(situation: PhoneSituation, parked: ParkedView | undefined): Gate {
  const phase = situation.view?.call?.phase
  if (parked) return phase === undefined ? phoneGate(situation) : shut('busy')
  return phase === 'talking' || phase === 'held' ? phoneGate(situation) : shut('slot-free')
}
