import { defineStore } from 'pinia'
import { ref } from 'vue'

export const THEMES = ['auto', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** How this person likes the page; kept by the browser, not by the server. */
export const usePreferenceStore = defineStore('preferences', () => {
  const theme = ref<Theme>('auto')
  const locale = ref<'ja' | 'en'>('ja')
  return { theme, locale }
})
