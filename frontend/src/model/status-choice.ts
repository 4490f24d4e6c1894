import { sameChoice, type Choice, type OperatorView } from '@tsunagu/contract'

export const isOn = (view: OperatorView | undefined, choice: Choice): boolean =>
  view !== undefined && sameChoice(view.status, choice)

export const isNext = (view: OperatorView | undefined, choice: Choice): boolean =>
  view?.next !== undefined && sameChoice(view.next, choice)

/** What a press on a status button asks of the server. */
export function pressOf(view: OperatorView | undefined, choice: Choice): 'choose' | 'cancel-next' {
  return isNext(view, choice) ? 'cancel-next' : 'choose'
}
