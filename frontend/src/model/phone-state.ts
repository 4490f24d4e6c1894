import type { OperatorView } from '@tsunagu/contract'

/** What the phone is doing, the first word of the phone's head. */
export type PhoneState = 'idle' | 'ringing' | 'dialling' | 'talking' | 'held'

export function phoneState(view: OperatorView | undefined): PhoneState {
  if (view?.status.kind === 'dialling') return 'dialling'
  if (!view?.call) return 'idle'
  if (view.call.phase === 'ringing') return 'ringing'
  return view.call.phase === 'held' ? 'held' : 'talking'
}

/** A call that somebody is spoken to on; `rejoining` is one too, the caller is still there. */
export const inCall = (view: OperatorView | undefined): boolean =>
  view?.call !== undefined && view.call.phase !== 'ringing'

/** The microphone is live only while somebody is meant to hear it, never while a leg merely waits. */
export const microphoneLive = (view: OperatorView | undefined): boolean => inCall(view)
