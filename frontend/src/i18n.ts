import { createI18n, type MessageContext } from 'vue-i18n'
import type ja from './locales/ja.json'
import type monitor from './locales/monitor-ja.json'
import type past from './locales/past-ja.json'

export const LOCALES = ['ja', 'en'] as const
export type Locale = (typeof LOCALES)[number]

type Paths<T, Prefix extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Prefix}${K}` : Paths<T[K], `${Prefix}${K}.`>
}[keyof T & string]

/** Every key of the catalogues; a key that is in none of them does not compile. */
export type MessageKey = Paths<typeof ja> | Paths<typeof monitor> | Paths<typeof past>
export type MessageParams = Record<string, string>
export type Text = (key: MessageKey, params?: MessageParams) => string

export const i18n = createI18n({ legacy: false, locale: 'ja', fallbackLocale: 'ja', messages: {} })

// A catalogue is fetched when its language is first chosen; the supervisors' words only by their pages.
const CATALOGUES = {
  page: { ja: () => import('./locales/ja.json'), en: () => import('./locales/en.json') },
  monitor: {
    ja: () => import('./locales/monitor-ja.json'),
    en: () => import('./locales/monitor-en.json'),
  },
  past: { ja: () => import('./locales/past-ja.json'), en: () => import('./locales/past-en.json') },
}
export type Part = keyof typeof CATALOGUES

const parts = new Set<Part>(['page'])
const fetched = new Set<string>()

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

/** Words side by side, as the language now chosen sets them. */
export const listOf = (words: string[]): string => new Intl.ListFormat(i18n.global.locale.value).format(words)

async function fetchWords(locale: Locale): Promise<void> {
  await Promise.all(
    [...parts].map(async (part) => {
      const name = `${part} ${locale}`
      if (fetched.has(name)) return
      const catalogue: { default: Catalogue } = await CATALOGUES[part][locale]()
      i18n.global.mergeLocaleMessage(locale, prepared(catalogue.default))
      fetched.add(name)
    }),
  )
}

export async function switchLocale(locale: Locale): Promise<void> {
  await fetchWords(locale)
  i18n.global.locale.value = locale
  document.documentElement.lang = locale
}

/** From now on these words are needed as well, in whatever language is chosen. @throws when they cannot be fetched. */
export async function needWords(part: Part): Promise<void> {
  parts.add(part)
  await fetchWords(i18n.global.locale.value as Locale)
}
