import { createI18n, type MessageContext } from 'vue-i18n'
import type ja from './locales/ja.json'

export const LOCALES = ['ja', 'en'] as const
export type Locale = (typeof LOCALES)[number]

type Paths<T, Prefix extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Prefix}${K}` : Paths<T[K], `${Prefix}${K}.`>
}[keyof T & string]

/** Every key of the catalogue; a key that is not in it does not compile. */
export type MessageKey = Paths<typeof ja>
export type MessageParams = Record<string, string>
export type Text = (key: MessageKey, params?: MessageParams) => string

export const i18n = createI18n({ legacy: false, locale: 'ja', fallbackLocale: 'ja', messages: {} })

// A catalogue is fetched when its language is first chosen.
const CATALOGUES: Record<Locale, () => Promise<{ default: typeof ja }>> = {
  ja: () => import('./locales/ja.json'),
  en: () => import('./locales/en.json'),
}

interface Catalogue {
  [key: string]: string | Catalogue | MessageFunction
}
type MessageFunction = (context: MessageContext) => string

/**
 * A catalogue as the page uses it: vue-i18n's own compiler, 5 KB of every first visit, is left out of it (vite.config.ts),
 * and `{name}` is all that our words need of it.
 */
export function prepared<T extends Catalogue>(catalogue: T): T {
  const entries = Object.entries(catalogue).map(([key, words]) => {
    if (typeof words === 'object') return [key, prepared(words)]
    return [key, typeof words === 'string' ? filledIn(words) : words]
  })
  return Object.fromEntries(entries) as T
}

const filledIn =
  (words: string): MessageFunction =>
  ({ named }) =>
    words.replace(/\{(\w+)\}/g, (_place, name: string) => String(named(name)))

/** The words for `key` in the language now chosen; reactive when called while rendering. */
export const text: Text = (key, params = {}) => i18n.global.t(key, params)

export async function switchLocale(locale: Locale): Promise<void> {
  if (!i18n.global.availableLocales.includes(locale)) {
    const catalogue = await CATALOGUES[locale]()
    i18n.global.setLocaleMessage(locale, prepared(catalogue.default))
  }
  i18n.global.locale.value = locale
  document.documentElement.lang = locale
}
