import { computed, ref, watch, type Ref } from 'vue'
import { useDesk } from '../actions/desk'
import type { MessageKey } from '../i18n'
import { dialGate, keysAreTones } from '../model/buttons'
import { editDialField, withoutLast } from '../model/dial-field'
import { speaking } from '../model/phone-state'
import { useSituation } from './use-situation'

/** What stands below the field: why something was not done, or what is asked for. */
export interface FieldNote {
  key: MessageKey
  kind: 'refusal' | 'question'
}

export interface Pad {
  field: Ref<string>
  note: Ref<FieldNote | undefined>
  press: (key: string) => void
  /** The whole text of the field after typing or pasting. Returns what the field shows from now on. */
  enter: (text: string) => string
  erase: () => void
  clear: () => void
  /** Calls the number in the field, which is emptied once the server took it and kept when it was refused. */
  dial: () => Promise<void>
  /** 「転送」 without a number: says what is missing. */
  askForTarget: () => void
  endQuestion: () => void
}

/** The dial field and the keys that write into it; to somebody who is spoken to, every key is also a tone. */
export function usePad(): Pad {
  const desk = useDesk()
  const situation = useSituation()
  const field = ref('')
  const note = ref<FieldNote>()
  const call = computed(() => situation.value.view?.call)

  function refuse(key: MessageKey): void {
    note.value = { key, kind: 'refusal' }
  }

  function set(text: string): void {
    field.value = text
    note.value = undefined
  }

  function enter(text: string): string {
    const edit = editDialField(field.value, text)
    set(edit.text)
    if (edit.refused) refuse(`number.${edit.refused}`)
    if (edit.added && keysAreTones(situation.value)) void desk.sendTones(edit.added)
    return edit.text
  }

  function press(key: string): void {
    desk.keySound(key)
    enter(field.value + key)
  }

  async function dial(): Promise<void> {
    const number = field.value
    const gate = dialGate(situation.value, number)
    if (!gate.open) refuse(`dimmed.${gate.why}`)
    // What was typed meanwhile is the next number.
    else if ((await desk.dial(number)) && field.value === number) set('')
  }

  // The digits of a talk, a PIN perhaps, are nothing to leave standing, and no number to dial before them.
  watch(
    () => speaking(situation.value.view),
    () => set(''),
  )
  watch(
    () => call.value?.phase,
    () => (note.value = undefined),
  )

  return {
    field,
    note,
    press,
    enter,
    erase: () => set(withoutLast(field.value)),
    clear: () => set(''),
    dial,
    askForTarget: () => (note.value = { key: 'phone.askTarget', kind: 'question' }),
    endQuestion: () => {
      if (note.value?.kind === 'question') note.value = undefined
    },
  }
}
