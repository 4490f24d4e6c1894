import { applyTheme, keepLocale, keptLocale, keptTheme } from '../adapters/preferences'
import { LOCALES, switchLocale, type Locale } from '../i18n'
import { THEMES, usePreferenceStore, type Theme } from '../stores/preferences'

/** Brings back what was chosen on this browser; Japanese and the system's theme otherwise. */
export async function restorePreferences(): Promise<void> {
  setTheme(THEMES.find((theme) => theme === keptTheme()) ?? 'auto')
  await setLocale(LOCALES.find((locale) => locale === keptLocale()) ?? 'ja')
}

export function setTheme(theme: Theme): void {
  usePreferenceStore().theme = theme
  applyTheme(theme)
}

export async function setLocale(locale: Locale): Promise<void> {
  await switchLocale(locale)
  usePreferenceStore().locale = locale
  keepLocale(locale)
}
