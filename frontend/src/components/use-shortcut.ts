import { computed, onBeforeUnmount, onMounted, type ComputedRef } from 'vue'
import { keysOf, offer, type Pressable } from '../actions/shortcuts'
import type { ShortcutId } from '../model/shortcuts'

/** Puts a button within reach of its shortcut while it is there. Returns its keys, where it has any. */
export function useShortcut(
  id: ShortcutId | undefined,
  button: Pressable,
): ComputedRef<ReturnType<typeof keysOf>> {
  let withdraw: (() => void) | undefined
  onMounted(() => (withdraw = id && offer(id, button)))
  onBeforeUnmount(() => withdraw?.())
  return computed(() => id && keysOf(id))
}
