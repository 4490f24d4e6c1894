import { ref, watch, type Ref } from 'vue'
import { useDesk } from '../actions/desk'
import { keysAreTones } from '../model/buttons'
import { editDialField, withoutLast } from '../model/dial-field'
import { inCall } from '../model/phone-state'
import type { NumberRefusal } from '../model/phone-number'
import { useSituation } from './use-situation'

export interface Pad {
  field: Ref<string>
  refused: Ref<NumberRefusal | undefined>
  press: (key: string) => void
  /** The whole text of the field after typing or pasting. Returns what the field shows from now on. */
  enter: (text: string) => string
  erase: () => void
  clear: () => void
}

/** The dial field and the keys that write into it; in a call every key is also a tone to the other party. */
export function usePad(): Pad {
  const desk = useDesk()
  const situation = useSituation()
  const field = ref('')
  const refused = ref<NumberRefusal>()

  function enter(text: string): string {
    const edit = editDialField(field.value, text)
    field.value = edit.text
    refused.value = edit.refused
    if (edit.added && keysAreTones(situation.value)) void desk.sendTones(edit.added)
    return edit.text
  }

  function press(key: string): void {
    desk.keySound(key)
    enter(field.value + key)
  }

  function set(text: string): void {
    field.value = text
    refused.value = undefined
  }

  // The digits of a call, a PIN perhaps, are nothing to leave standing, and no number to dial before them.
  watch(
    () => inCall(situation.value.view),
    () => set(''),
  )

  return { field, refused, press, enter, erase: () => set(withoutLast(field.value)), clear: () => set('') }
}
