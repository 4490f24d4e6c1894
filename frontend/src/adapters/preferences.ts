import type { Theme } from '../stores/preferences'

const THEME_KEY = 'tsunagu-theme'
const LOCALE_KEY = 'tsunagu-locale'
const shortcutsKey = (userId: string): string => `tsunagu-shortcuts-${userId}`

/** Null also where the browser keeps nothing, as in some private windows. */
function kept(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // The choice then lasts until the page is closed, which is what such a window is for.
  }
}

export const keptTheme = (): string | null => kept(THEME_KEY)
export const keptLocale = (): string | null => kept(LOCALE_KEY)
/** Each user of this browser has his own. */
export const keptShortcuts = (userId: string): string | null => kept(shortcutsKey(userId))
export const keepShortcuts = (userId: string, shortcuts: string): void =>
  keep(shortcutsKey(userId), shortcuts)
export const keepLocale = (locale: string): void => keep(LOCALE_KEY, locale)

const DEVICES_KEY = 'tsunagu-devices'
const MUTED_KEY = 'tsunagu-muted-call'

/** The devices chosen on this browser, as they were kept; whoever reads it has to look what it is. */
export function keptDevices(): unknown {
  try {
    return JSON.parse(kept(DEVICES_KEY) ?? 'null') as unknown
  } catch {
    // Somebody else's writing is no choice.
    return null
  }
}

export const keepDevices = (choices: object): void => keep(DEVICES_KEY, JSON.stringify(choices))

/** The call that is muted, so that a reload in it does not open the microphone unasked; empty for none. */
export const keptMutedCall = (): string => kept(MUTED_KEY) ?? ''
export const keepMutedCall = (id: string): void => keep(MUTED_KEY, id)

export function applyTheme(theme: Theme): void {
  keep(THEME_KEY, theme)
  if (theme === 'auto') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}
