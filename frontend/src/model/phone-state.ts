import type { CallView, OperatorView } from '@tsunagu/contract'

/** What the phone is doing, the first word of the phone's head. */
export type PhoneState = 'idle' | 'ringing' | 'dialling' | 'talking' | 'held'

export function phoneState(view: OperatorView | undefined): PhoneState {
  return view?.call ? stateOf(view.call) : 'idle'
}

function stateOf({ phase, target }: CallView): PhoneState {
  switch (phase) {
    case 'ringing':
    case 'dialling':
    case 'talking':
    case 'held':
      return phase
    case 'rejoining':
      return 'talking'
    case 'consulting':
      if (target?.phase === 'ringing') return 'dialling'
      // Nobody can be spoken to in a queue: with a queue as its target the call is merely on hold.
      return target?.phase === 'talking' ? 'talking' : 'held'
  }
}

/** A call that this operator took or made himself; `rejoining` is one too, the other party is still there. */
export const inCall = (view: OperatorView | undefined): boolean =>
  view?.call !== undefined && view.call.phase !== 'ringing'

/** Somebody is spoken to, in the call itself or as the target of its transfer. */
export const speaking = (view: OperatorView | undefined): boolean => phoneState(view) === 'talking'

/** Somebody hears music because of 「保留」, also while the target of his transfer is called. */
export const onHold = (view: OperatorView | undefined): boolean =>
  view?.call?.phase === 'held' || view?.call?.phase === 'consulting'

/** The microphone is live only while somebody is meant to hear it, never while a leg merely waits. */
export const microphoneLive = (view: OperatorView | undefined): boolean =>
  inCall(view) || (view?.listening !== undefined && view.listening.mode !== 'listen')
