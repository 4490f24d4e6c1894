import { useEventListener } from '@vueuse/core'
import { isPadKey } from '../model/dtmf'
import type { Pad } from './use-pad'

/** What takes digits for itself: text boxes, lists that are searched by typing, and whatever lies over the phone. */
const OWN_KEYS = [
  'input:not([type="radio"], [type="checkbox"])',
  'textarea',
  'select',
  '[contenteditable]',
  '[role="dialog"]',
  '[role="alertdialog"]',
  '[role="menu"]',
  '[role="listbox"]',
].join()

/** A shortcut, the work of an input method, or a key for what has the focus. */
function isOthers({
  target,
  ctrlKey,
  altKey,
  metaKey,
  isComposing,
  defaultPrevented,
}: KeyboardEvent): boolean {
  if (ctrlKey || altKey || metaKey || isComposing || defaultPrevented) return true
  return target instanceof Element && target.closest(OWN_KEYS) !== null
}

/** Enter on a button or a link is that button's. */
const presses = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('button, a[href], label, input') !== null

/** The PC's keyboard writes into the dial field wherever no text box has the focus (operator manual, 3-1). */
export function usePhoneKeys(pad: Pad): void {
  useEventListener(window, 'keydown', (event) => {
    const { key, target, repeat } = event
    if (isOthers(event)) return
    if (isPadKey(key)) pad.press(key)
    else if (key === 'Backspace') pad.erase()
    else if (key === 'Enter' && !repeat && !presses(target) && pad.field.value !== '') void pad.dial()
    else return
    event.preventDefault()
  })
}
