import { describe, expect, test } from 'vitest'
import {
  choose,
  combinationOf,
  DEFAULT_BINDINGS,
  fromKept,
  isModifier,
  pressedBy,
  printed,
  SHORTCUT_IDS,
  toKeep,
  type Bindings,
  type KeyPress,
} from './shortcuts'

const press = (changes: Partial<KeyPress>): KeyPress => ({
  key: '',
  code: '',
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  metaKey: false,
  altGraph: false,
  repeat: false,
  isComposing: false,
  keyCode: 0,
  ...changes,
})
const ctrlShift = { ctrlKey: true, shiftKey: true }
const one = press({ ...ctrlShift, key: '!', code: 'Digit1', keyCode: 49 })

describe('what was pressed', () => {
  const table: [string, Partial<KeyPress>, string | undefined][] = [
    ['a digit with Shift, which types !', { ...ctrlShift, key: '!', code: 'Digit1' }, 'Control+Shift+1'],
    [
      'a digit on a French keyboard',
      { ctrlKey: true, altKey: true, key: '&', code: 'Digit1' },
      'Control+Alt+1',
    ],
    ['a letter', { ...ctrlShift, key: 'H', code: 'KeyH' }, 'Control+Shift+H'],
    [
      'a letter where the layout has it elsewhere',
      { ...ctrlShift, key: 'O', code: 'KeyS' },
      'Control+Shift+O',
    ],
    ['a letter under kana input', { ...ctrlShift, key: 'く', code: 'KeyH' }, 'Control+Shift+H'],
    [
      'a letter with Option on a Mac',
      { ctrlKey: true, altKey: true, key: '˙', code: 'KeyH' },
      'Control+Alt+H',
    ],
    ['a dead key on a Mac', { ctrlKey: true, altKey: true, key: 'Dead', code: 'KeyE' }, 'Control+Alt+E'],
    ['a function key', { key: 'F8', code: 'F8' }, 'F8'],
    ['a late function key', { key: 'F24', code: 'F24' }, 'F24'],
    [
      'a digit of the number pad, which Shift turns into Home',
      { ...ctrlShift, key: 'Home', code: 'Numpad7' },
      undefined,
    ],
    ['Enter', { key: 'Enter', code: 'Enter' }, undefined],
    ['a comma', { ...ctrlShift, key: '<', code: 'Comma' }, undefined],
    ['a modifier alone', { ctrlKey: true, key: 'Control', code: 'ControlLeft' }, undefined],
  ]
  test.each(table)('%s', (_name, changes, expected) => {
    expect(combinationOf(press(changes))).toBe(expected)
  })

  test('a modifier on its way is no combination yet', () => {
    expect(isModifier(press({ key: 'Shift' }))).toBe(true)
    expect(isModifier(one)).toBe(false)
  })
})

describe('which button it is meant for', () => {
  const table: [string, Partial<KeyPress>, boolean, string | undefined][] = [
    ['the default', {}, false, 'call'],
    ['while an input method composes', { isComposing: true }, false, undefined],
    ['the key that ends a composition', { keyCode: 229 }, false, undefined],
    ['a key held down', { repeat: true }, false, undefined],
    ['AltGr', { altGraph: true }, false, undefined],
    ['one key more', { altKey: true }, false, undefined],
    ['one key less', { shiftKey: false }, false, undefined],
    ['in a dialog the call is answered', {}, true, 'call'],
    ['and hung up', { key: '&', code: 'Digit6' }, true, 'hangUp'],
    ['and not held', { key: '"', code: 'Digit2' }, true, undefined],
    ['nothing has this one', { key: ')', code: 'Digit9' }, false, undefined],
  ]
  for (const [name, changes, dialogOpen, expected] of table) {
    test(name, () => expect(pressedBy({ ...one, ...changes }, DEFAULT_BINDINGS, dialogOpen)).toBe(expected))
  }

  test('a button without a shortcut is pressed by none', () => {
    const without = { ...DEFAULT_BINDINGS, call: '' }
    expect(pressedBy(one, without, false)).toBeUndefined()
    expect(pressedBy(press({ key: 'Enter', code: 'Enter' }), without, false)).toBeUndefined()
  })
})

describe('what may be chosen', () => {
  const table: [string, string, string][] = [
    ['F8', 'hold', 'ok'],
    ['Shift+F9', 'hold', 'ok'],
    ['Control+F9', 'hold', 'ok'],
    ['Control+Shift+H', 'hold', 'ok'],
    ['Control+Alt+H', 'hold', 'ok'],
    ['Control+Shift+9', 'hold', 'ok'],
    ['Control+Shift+2', 'hold', 'ok'],
    ['', 'hold', 'ok'],
    ['H', 'hold', 'modifiers'],
    ['7', 'hold', 'modifiers'],
    ['Shift+H', 'hold', 'modifiers'],
    ['Alt+H', 'hold', 'modifiers'],
    ['Alt+Shift+H', 'hold', 'modifiers'],
    ['Control+H', 'hold', 'modifiers'],
    ['Meta+H', 'hold', 'modifiers'],
    ['Control+Shift+Meta+H', 'hold', 'modifiers'],
    ['Control+Shift+W', 'hold', 'kept'],
    ['Control+Shift+K', 'hold', 'kept'],
    ['F5', 'hold', 'kept'],
    ['F12', 'hold', 'kept'],
    ['Alt+F4', 'hold', 'kept'],
    ['Control+F4', 'hold', 'kept'],
    ['Control+Alt+F2', 'hold', 'kept'],
    ['Control+Shift+Enter', 'hold', 'key'],
    ['F25', 'hold', 'key'],
    ['Control+Shift+1', 'hold', 'taken'],
  ]
  test.each(table)('%s for %s: %s', (combination, id, expected) => {
    const result = choose(DEFAULT_BINDINGS, id as keyof Bindings, combination)
    expect(result.ok ? 'ok' : result.problem).toBe(expected)
    if (result.ok) expect(result.bindings).toEqual({ ...DEFAULT_BINDINGS, [id]: combination })
  })

  test('whose it is', () => {
    expect(choose(DEFAULT_BINDINGS, 'hold', 'Control+Shift+6')).toEqual({
      ok: false,
      problem: 'taken',
      by: 'hangUp',
    })
  })

  test('the defaults are such as may be chosen, and no two are the same', () => {
    const none = Object.fromEntries(SHORTCUT_IDS.map((id) => [id, ''])) as Bindings
    for (const id of SHORTCUT_IDS) expect(choose(none, id, DEFAULT_BINDINGS[id]).ok, id).toBe(true)
    expect(new Set(Object.values(DEFAULT_BINDINGS)).size).toBe(SHORTCUT_IDS.length)
  })
})

describe('what is kept', () => {
  test('only what differs, and it comes back', () => {
    expect(toKeep(DEFAULT_BINDINGS)).toBe('{}')
    const own = { ...DEFAULT_BINDINGS, hold: 'F8', alert: '' }
    expect(JSON.parse(toKeep(own))).toEqual({ hold: 'F8', alert: '' })
    expect(fromKept(toKeep(own))).toEqual(own)
  })

  test('two that changed places', () => {
    const own = { ...DEFAULT_BINDINGS, call: 'Control+Shift+6', hangUp: 'Control+Shift+1' }
    expect(fromKept(toKeep(own))).toEqual(own)
  })

  test('a default yields to what somebody chose', () => {
    expect(fromKept('{"hold":"Control+Shift+5"}')).toEqual({
      ...DEFAULT_BINDINGS,
      hold: 'Control+Shift+5',
      alert: '',
    })
  })

  const senseless = [null, '', 'no', '7', 'null', '[]', '{"hold":7}', '{"fly":"F8"}']
  test.each(senseless)('%j leaves the defaults', (kept) => {
    expect(fromKept(kept)).toEqual(DEFAULT_BINDINGS)
  })

  test('what is forbidden today is off, not somebody’s F5', () => {
    expect(fromKept('{"hold":"F5"}').hold).toBe('')
  })
})

test('as printed on the keys', () => {
  expect(printed('Control+Alt+H', 'windows')).toBe('Ctrl+Alt+H')
  expect(printed('Control+Alt+H', 'mac')).toBe('Control+Option+H')
  expect(printed('Control+Shift+1', 'windows')).toBe('Ctrl+Shift+1')
  expect(printed('F8', 'mac')).toBe('F8')
})
