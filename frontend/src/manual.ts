import type { chapters } from 'virtual:manual/ja'
import type { Locale } from './i18n'

export type Chapter = (typeof chapters)[number]

// Each language is fetched when it is first read.
const MANUALS: Record<Locale, () => Promise<{ chapters: Chapter[] }>> = {
  ja: () => import('virtual:manual/ja'),
  en: () => import('virtual:manual/en'),
}

/** The operator's manual. @throws when the server cannot be reached. */
export async function loadManual(locale: Locale): Promise<Chapter[]> {
  return (await MANUALS[locale]()).chapters
}
