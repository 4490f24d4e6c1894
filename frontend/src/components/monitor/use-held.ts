import { useMutationObserver } from '@vueuse/core'
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { arrange, heldBack, type Placed } from '../../model/board-list'
import { useShown } from './use-shown'

type Element = Readonly<Ref<HTMLElement | null>>

interface Hold {
  /** Somebody points at it, or works in it by the keys. */
  held: ComputedRef<boolean>
  /** What the element has to listen to. */
  hold: Record<'pointerenter' | 'pointerleave' | 'keydown', () => void> &
    Record<'focusin' | 'focusout', (event: FocusEvent) => void>
}

/** Whether an element is in use, so that nothing in it may move. What is only looked at is never held. */
export function useHold(element: Element): Hold {
  const { past } = useShown()
  const under = ref(false)
  const within = ref(false)
  // A focus that came by a click goes on with the pointer.
  const visible = ({ target }: FocusEvent): boolean => (target as HTMLElement).matches(':focus-visible')
  const inside = (other: EventTarget | null): boolean =>
    element.value?.contains(other as Node | null) ?? false
  // What goes takes the focus with it and does not say so.
  useMutationObserver(
    element,
    () => {
      if (!inside(document.activeElement)) within.value = false
    },
    { childList: true, subtree: true },
  )
  return {
    held: computed(() => !past && (under.value || within.value)),
    hold: {
      pointerenter: () => (under.value = true),
      pointerleave: () => (under.value = false),
      keydown: () => (within.value = true),
      focusin: (event) => (within.value = visible(event)),
      focusout: ({ relatedTarget }) => {
        if (!inside(relatedTarget)) within.value = false
      },
    },
  }
}

interface HeldRows<T> extends Pick<Hold, 'hold'> {
  placed: ShallowRef<Placed<T>[]>
  /** The list stands otherwise than it would by itself. */
  waits: ComputedRef<boolean>
  /** Puts all into order, held or not. */
  settle: () => void
}

interface Rows<T> {
  sorted: () => readonly T[]
  /** Also of those that are not in the list any more, if they can be shown; otherwise who is not in it has gone. */
  all?: () => ReadonlyMap<string, T>
  /** What else holds the list. */
  also?: () => boolean
}

/** The rows of a live list, each in its place as long as the list is in use. */
export function useHeldRows<T extends { key: string }>(
  element: Element,
  { sorted, also = () => false, all = () => new Map(sorted().map((row) => [row.key, row])) }: Rows<T>,
): HeldRows<T> {
  const { held: inUse, hold } = useHold(element)
  const held = computed(() => inUse.value || also())
  const placed = shallowRef<Placed<T>[]>([])
  watch(
    [sorted, held],
    () => (placed.value = arrange(placed.value, sorted(), { held: held.value, all: all() })),
    { immediate: true },
  )
  return {
    placed,
    waits: computed(() => held.value && heldBack(placed.value, sorted())),
    settle: () => (placed.value = arrange([], sorted(), { held: false, all: all() })),
    hold,
  }
}
