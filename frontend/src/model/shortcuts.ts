import type { MessageKey } from '../i18n'

/** The buttons that a shortcut can press, in the order in which the sheet lists them; the words are the button's own. */
export const SHORTCUT_NAMES = {
  call: 'phone.call',
  hangUp: 'phone.hangUp',
  hold: 'phone.hold',
  mute: 'phone.mute',
  ready: 'status.ready',
  alert: 'status.alert',
} as const satisfies Record<string, MessageKey>
export type ShortcutId = keyof typeof SHORTCUT_NAMES
export const SHORTCUT_IDS = Object.keys(SHORTCUT_NAMES) as ShortcutId[]

/** A key and what is held with it, as `aria-keyshortcuts` writes it: `Control+Shift+1`. */
export type Combination = string
/** What presses what; `''` is a button without a shortcut. */
export type Bindings = Record<ShortcutId, Combination>

/** Why these: docs/adr/0006-shortcut-keys.md. 通話 and 切断 are far apart. */
export const DEFAULT_BINDINGS: Bindings = {
  call: 'Control+Shift+1',
  hold: 'Control+Shift+2',
  mute: 'Control+Shift+3',
  ready: 'Control+Shift+4',
  alert: 'Control+Shift+5',
  hangUp: 'Control+Shift+6',
}

/** What a keyboard event says, as far as a shortcut cares. */
export interface KeyPress {
  key: string
  code: string
  ctrlKey: boolean
  altKey: boolean
  shiftKey: boolean
  metaKey: boolean
  /** Windows reports AltGr as Ctrl+Alt; it types a character all the same. */
  altGraph: boolean
  repeat: boolean
  isComposing: boolean
  keyCode: number
}

/** What an input method has not finished with: in some browsers its last key says so by its code alone. */
const IME_KEY_CODE = 229

/** Whether the press is meant for the page at all: not for an input method, not a key that is merely held down. */
export const isDeliberate = (press: KeyPress): boolean =>
  !press.isComposing && press.keyCode !== IME_KEY_CODE && !press.repeat && !press.altGraph

/**
 * The letter that is printed on the key, also where the layout is not the American one; under kana input, and with
 * Option on a Mac, only the key's place tells it. Digits go by their place: with Shift they type something else.
 */
function keyOf({ key, code }: KeyPress): string | undefined {
  if (/^F([1-9]|1\d|2[0-4])$/.test(key)) return key
  const digit = /^Digit(\d)$/.exec(code)?.[1]
  if (digit) return digit
  return /^[a-z]$/i.test(key) ? key.toUpperCase() : /^Key([A-Z])$/.exec(code)?.[1]
}

/** What was pressed, or nothing where it is no key that a shortcut can have. */
export function combinationOf(press: KeyPress): Combination | undefined {
  const key = keyOf(press)
  if (!key) return undefined
  const held = [
    press.ctrlKey && 'Control',
    press.altKey && 'Alt',
    press.shiftKey && 'Shift',
    press.metaKey && 'Meta',
  ]
  return [...held.filter(Boolean), key].join('+')
}

const MODIFIER_KEYS = ['Control', 'Alt', 'Shift', 'Meta', 'AltGraph', 'CapsLock', 'Fn', 'OS']
/** Ctrl on its way to Ctrl+Shift+1. */
export const isModifier = ({ key }: KeyPress): boolean => MODIFIER_KEYS.includes(key)

/** Why a combination cannot be had; the words are in the catalogue under `shortcutProblem`. */
export type ShortcutProblem = 'key' | 'modifiers' | 'kept' | 'taken'
export type Chosen =
  | { ok: true; bindings: Bindings }
  | { ok: false; problem: 'key' | 'modifiers' | 'kept' }
  | { ok: false; problem: 'taken'; by: ShortcutId }

/** Chrome's own on Windows and on a Mac, and those of the Mac's Japanese input (J K L R). */
const KEPT = new Set([
  ...[...'ABCDGIJKLMNOPQRTVWZ'].map((letter) => `Control+Shift+${letter}`),
  ...[1, 3, 5, 6, 7, 10, 11, 12].map((n) => `F${String(n)}`),
  ...[3, 5, 6, 10].map((n) => `Shift+F${String(n)}`),
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((n) => `Control+F${String(n)}`),
  ...[5, 10].map((n) => `Control+Shift+F${String(n)}`),
])
const FOR_CHARACTERS = ['Control+Shift', 'Control+Alt', 'Control+Alt+Shift']
const FOR_FUNCTION_KEYS = ['', 'Shift', 'Control', 'Control+Shift']

/**
 * Why nobody may have this combination. A letter or a digit needs more than one key held: alone it would be pressed by
 * accident and by speech input (WCAG 2.1.4), with Ctrl or Alt alone it is the browser's or types something on a Mac.
 */
function problemOf(combination: Combination): 'key' | 'modifiers' | 'kept' | undefined {
  const { held, key } = partsOf(combination)
  if (!/^([A-Z0-9]|F([1-9]|1\d|2[0-4]))$/.test(key)) return 'key'
  if (key.length === 1 && !FOR_CHARACTERS.includes(held)) return 'modifiers'
  if (key.length > 1 && !FOR_FUNCTION_KEYS.includes(held)) return 'kept'
  return KEPT.has(combination) ? 'kept' : undefined
}

function partsOf(combination: Combination): { held: string; key: string } {
  const at = combination.lastIndexOf('+')
  return { held: combination.slice(0, Math.max(at, 0)), key: combination.slice(at + 1) }
}

/** Gives a button another combination, or takes it away with `''`. Refused are those that are somebody else's. */
export function choose(bindings: Bindings, id: ShortcutId, combination: Combination): Chosen {
  if (combination !== '') {
    const problem = problemOf(combination)
    if (problem) return { ok: false, problem }
    const by = SHORTCUT_IDS.find((other) => other !== id && bindings[other] === combination)
    if (by) return { ok: false, problem: 'taken', by }
  }
  return { ok: true, bindings: { ...bindings, [id]: combination } }
}

/** While a dialog is open only the call itself is still in reach. */
const IN_A_DIALOG: readonly ShortcutId[] = ['call', 'hangUp']

/** Which button this press is meant for. */
export function pressedBy(press: KeyPress, bindings: Bindings, dialogOpen: boolean): ShortcutId | undefined {
  if (!isDeliberate(press)) return undefined
  const combination = combinationOf(press)
  const id = combination && SHORTCUT_IDS.find((one) => bindings[one] === combination)
  return id && (!dialogOpen || IN_A_DIALOG.includes(id)) ? id : undefined
}

/** What differs from the defaults, to be kept; a later version may bring other defaults. */
export const toKeep = (bindings: Bindings): string =>
  JSON.stringify(
    Object.fromEntries(
      SHORTCUT_IDS.filter((id) => bindings[id] !== DEFAULT_BINDINGS[id]).map((id) => [id, bindings[id]]),
    ),
  )

/** Reads what was kept. What makes no sense is left out, and a default yields to what somebody chose. */
export function fromKept(kept: string | null): Bindings {
  const own = asRecord(kept)
  const chosen = SHORTCUT_IDS.filter((id) => typeof own[id] === 'string')
  const none = Object.fromEntries(SHORTCUT_IDS.map((id) => [id, ''])) as Bindings
  const rest = SHORTCUT_IDS.filter((id) => !chosen.includes(id))
  return [...chosen, ...rest].reduce((bindings, id) => {
    const wanted = chosen.includes(id) ? String(own[id]) : DEFAULT_BINDINGS[id]
    const result = choose(bindings, id, wanted)
    return result.ok ? result.bindings : bindings
  }, none)
}

function asRecord(kept: string | null): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(kept ?? '{}')
    return typeof read === 'object' && read !== null ? { ...read } : {}
  } catch {
    // Somebody else's or an older version's: the defaults are better than a page that does not come up.
    return {}
  }
}

const PRINTED = { windows: { Control: 'Ctrl' }, mac: { Control: 'Control', Alt: 'Option' } } as const

/** As it is printed on the keys: `Ctrl+Shift+1`. */
export function printed(combination: Combination, platform: keyof typeof PRINTED): string {
  const names: Record<string, string> = PRINTED[platform]
  return combination
    .split('+')
    .map((part) => names[part] ?? part)
    .join('+')
}
