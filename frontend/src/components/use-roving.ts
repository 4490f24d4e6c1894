import { useEventListener } from '@vueuse/core'
import { ref, type Ref } from 'vue'
import { rove } from '../model/roving'

/**
 * Makes one stop of the Tab key out of a group of buttons; arrows, Home and End move within it. Returns each button's
 * `tabindex`, by its place in the group.
 */
export function useRoving(group: Readonly<Ref<HTMLElement | null>>, columns: number): (at: number) => 0 | -1 {
  const current = ref(0)
  const buttons = (): HTMLElement[] => [...(group.value?.querySelectorAll('button') ?? [])]

  useEventListener(group, 'keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return
    const all = buttons()
    const to = rove(event.key, current.value, { count: all.length, columns })
    if (to === undefined) return
    event.preventDefault()
    all[to]?.focus()
  })
  // A click, or a screen reader, may come in anywhere.
  useEventListener(group, 'focusin', ({ target }) => {
    const at = buttons().indexOf(target as HTMLElement)
    if (at >= 0) current.value = at
  })
  return (at) => (at === current.value ? 0 : -1)
}
