import type { FigureSettings, SettingView, Thresholds } from '@tsunagu/contract'
import { defineStore } from 'pinia'
import { ref } from 'vue'

/** The limits and the rules of the figures, as the server last gave them. */
export const useMonitorSettingsStore = defineStore('monitor-settings', () => {
  const thresholds = ref<SettingView<Thresholds>>()
  const figures = ref<SettingView<FigureSettings>>()
  /** Could not be fetched. */
  const failed = ref(false)
  const busy = ref(false)

  function clear(): void {
    thresholds.value = undefined
    figures.value = undefined
    failed.value = false
    busy.value = false
  }

  return { thresholds, figures, failed, busy, clear }
})
