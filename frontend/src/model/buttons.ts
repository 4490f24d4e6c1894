import type { CallView, OperatorView, ParkedView } from '@tsunagu/contract'
import { inCall, onHold, speaking } from './phone-state'

/** Who works the phone here: this tab, another one of this browser, or not known yet. */
export type TabRole = 'waiting' | 'owner' | 'other'

export interface PhoneSituation {
  view: OperatorView | undefined
  linkUp: boolean
  tab: TabRole
}

/** Why a button is dimmed; the words are in the catalogue under `dimmed`. */
export type DimReason =
  | 'no-link'
  | 'other-tab'
  | 'no-number'
  | 'rings'
  | 'dialling'
  | 'in-talk'
  | 'arranging'
  | 'internal'
  | 'no-talk'
  | 'not-held'
  | 'slot-free'
  | 'busy'

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

/** 「通話」 answers what rings, and dials the number in the field otherwise. */
export function callGate(situation: PhoneSituation, number: string): Gate {
  return situation.view?.call?.phase === 'ringing' ? phoneGate(situation) : dialGate(situation, number)
}

/** To dial: with no call in any status, and with a call on hold, as the target of its transfer. */
export function dialGate(situation: PhoneSituation, number: string): Gate {
  const call = situation.view?.call
  const why = call && whyNotDial(call)
  if (why) return shut(why)
  return number === '' ? shut('no-number') : phoneGate(situation)
}

function whyNotDial({ phase, internal }: CallView): DimReason | undefined {
  switch (phase) {
    case 'ringing':
      return 'rings'
    case 'dialling':
      return 'dialling'
    case 'talking':
    case 'rejoining':
      return internal ? 'internal' : 'in-talk'
    case 'held':
      return internal ? 'internal' : undefined
    case 'consulting':
      return 'arranging'
  }
}

/** 「切断」 is there while a call rings, in or out, or is up (operator manual, 3-1 ⑥). */
export const hangUpShown = ({ view }: PhoneSituation): boolean => view?.call !== undefined
export const hangUpGate = (situation: PhoneSituation): Gate => phoneGate(situation)

/** Pad keys are tones to whoever is spoken to and edit the dial field otherwise. */
export const keysAreTones = (situation: PhoneSituation): boolean =>
  speaking(situation.view) && phoneGate(situation).open

/** 「保留」: in a talk, and on hold to resume; while a target is called it gives that up and resumes. */
export function holdGate(situation: PhoneSituation): Gate {
  const { view } = situation
  return view?.call?.phase === 'talking' || onHold(view) ? phoneGate(situation) : shut('no-talk')
}

/** 「転送」 and 「転送実行」 share a place: the second stands there once there is a target. */
export const transferArranged = ({ view }: Pick<PhoneSituation, 'view'>): boolean =>
  view?.call?.phase === 'consulting'

/** 「転送」: on hold; without a number it asks for one. 「転送実行」: at any time once there is a target. */
export function transferGate(situation: PhoneSituation): Gate {
  if (situation.view?.call?.internal) return shut('internal')
  return onHold(situation.view) ? phoneGate(situation) : shut('not-held')
}

/** 「ミュート」 is this page's own business: it works without the server, but only where the microphone is. */
export function muteGate({ view, tab }: PhoneSituation): Gate {
  if (!inCall(view) && !view?.listening) return shut('no-talk')
  return tab === 'other' ? shut('other-tab') : OPEN
}

/** A slot of パーク保留: a free one takes the present call, a taken one gives its call to whoever has none. */
export function slotGate(situation: PhoneSituation, parked: ParkedView | undefined): Gate {
  const call = situation.view?.call
  if (parked) return call ? shut('busy') : phoneGate(situation)
  if (call?.internal) return shut('internal')
  if (call?.phase === 'consulting') return shut('arranging')
  return call?.phase === 'talking' || call?.phase === 'held' ? phoneGate(situation) : shut('slot-free')
}
