import { defineStore } from 'pinia'
import { ref } from 'vue'
import { DEFAULT_BINDINGS, type Bindings } from '../model/shortcuts'

export const THEMES = ['auto', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** How this person likes the page; kept by the browser, not by the server. */
export const usePreferenceStore = defineStore('preferences', () => {
  const theme = ref<Theme>('auto')
  const locale = ref<'ja' | 'en'>('ja')
  const shortcuts = ref<Bindings>(DEFAULT_BINDINGS)
  return { theme, locale, shortcuts }
})
