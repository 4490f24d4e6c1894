import type { Choice, OperatorView } from '@tsunagu/contract'

const sameChoice = (a: Choice, b: Choice): boolean =>
  a.kind === b.kind && (a.kind !== 'other-work' || (b.kind === 'other-work' && a.work === b.work))

export function isOn(view: OperatorView | undefined, choice: Choice): boolean {
  if (view?.status.kind !== choice.kind) return false
  return choice.kind !== 'other-work' || view.status.work === choice.work
}

export const isNext = (view: OperatorView | undefined, choice: Choice): boolean =>
  view?.next !== undefined && sameChoice(view.next, choice)

/** What a press on a status button asks of the server. */
export function pressOf(view: OperatorView | undefined, choice: Choice): 'choose' | 'cancel-next' {
  return isNext(view, choice) ? 'cancel-next' : 'choose'
}
