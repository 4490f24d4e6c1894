import type { KeyPress } from '../model/shortcuts'

export function toPress(event: KeyboardEvent): KeyPress {
  const { key, code, ctrlKey, altKey, shiftKey, metaKey, repeat, isComposing, keyCode } = event
  const altGraph = event.getModifierState('AltGraph')
  return { key, code, ctrlKey, altKey, shiftKey, metaKey, altGraph, repeat, isComposing, keyCode }
}

/** Every key that nobody nearer has taken; `take` says whether it was a shortcut. Returns how to stop. */
export function watchKeys(take: (press: KeyPress) => boolean): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (!event.defaultPrevented && take(toPress(event))) event.preventDefault()
  }
  addEventListener('keydown', onKey)
  return () => removeEventListener('keydown', onKey)
}

/** Whether something is open that wants the operator's attention for itself. */
export const dialogOpen = (): boolean =>
  document.querySelector(':is([role="dialog"], [role="alertdialog"])[data-state="open"]') !== null

/** What the keys have printed on them. */
export const platform = (): 'mac' | 'windows' => (navigator.userAgent.includes('Mac OS') ? 'mac' : 'windows')
