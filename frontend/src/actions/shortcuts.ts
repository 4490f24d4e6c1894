import { dialogOpen, platform, toPress, watchKeys } from '../adapters/keyboard'
import { keepShortcuts, keptShortcuts } from '../adapters/preferences'
import { text } from '../i18n'
import {
  choose,
  combinationOf,
  DEFAULT_BINDINGS,
  fromKept,
  isDeliberate,
  isModifier,
  pressedBy,
  printed,
  SHORTCUT_NAMES,
  toKeep,
  type Bindings,
  type Chosen,
  type Combination,
  type ShortcutId,
} from '../model/shortcuts'
import { useNoticeStore } from '../stores/notices'
import { usePreferenceStore } from '../stores/preferences'
import { useSessionStore } from '../stores/session'

/** A button as a shortcut sees it: pressing either is the same. */
export interface Pressable {
  /** Why it cannot be pressed now, in words. */
  why: () => string | undefined
  press: () => void
}

/** The buttons that are on the page now. */
const buttons = new Map<ShortcutId, Pressable>()

/** Puts a button within reach of its shortcut. Returns how to take it away. */
export function offer(id: ShortcutId, button: Pressable): () => void {
  buttons.set(id, button)
  return () => {
    if (buttons.get(id) === button) buttons.delete(id)
  }
}

/** Does what a press on the button would; where that is not possible it says why. */
export function pressShortcut(id: ShortcutId): void {
  const button = buttons.get(id)
  // Only 「切断」 and 「ミュート」 are ever absent, and only without a call.
  const why = button ? button.why() : text('refusal.no-call')
  if (button && why === undefined) button.press()
  else
    useNoticeStore().show({
      key: 'shortcuts.notNow',
      params: { name: text(SHORTCUT_NAMES[id]), why: why ?? '' },
    })
}

/** A button's keys: for assistive technology, and as they are printed on them. Nothing where it has none. */
export function keysOf(id: ShortcutId): { aria: string; printed: string } | undefined {
  const combination = usePreferenceStore().shortcuts[id]
  return combination ? { aria: combination, printed: printed(combination, platform()) } : undefined
}

/** Brings back this user's own shortcuts and listens for them. Returns how to stop. */
export function openShortcuts(): () => void {
  const preferences = usePreferenceStore()
  preferences.shortcuts = fromKept(keptShortcuts(userId()))
  return watchKeys((press) => {
    const id = pressedBy(press, preferences.shortcuts, dialogOpen())
    if (id) pressShortcut(id)
    return id !== undefined
  })
}

/** What somebody pressed who was asked for new keys; nothing while he is still at it. A key that cannot be one counts. */
export function combinationPressed(event: KeyboardEvent): Combination | undefined {
  const press = toPress(event)
  if (!isDeliberate(press) || isModifier(press)) return undefined
  return combinationOf(press) ?? press.key
}

/** Gives a button another combination, or none with `''`, and keeps it; refused where it is somebody else's. */
export function changeShortcut(id: ShortcutId, combination: Combination): Chosen {
  const result = choose(usePreferenceStore().shortcuts, id, combination)
  if (result.ok) set(result.bindings)
  return result
}

export function resetShortcuts(): void {
  set(DEFAULT_BINDINGS)
}

function set(bindings: Bindings): void {
  usePreferenceStore().shortcuts = bindings
  keepShortcuts(userId(), toKeep(bindings))
}

const userId = (): string => useSessionStore().me?.id ?? ''
