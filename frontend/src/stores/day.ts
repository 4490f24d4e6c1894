import type { ActLog, AlertHistory, BehindPage, CallFigure, DayView } from '@tsunagu/contract'
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'

/** What of a day is looked at, and what the server gave of it. */
export const useDayStore = defineStore('day', () => {
  const view = shallowRef<DayView>()
  const behind = shallowRef<BehindPage>()
  /** What `behind` is of. */
  const figure = ref<CallFigure>()
  const from = ref<number>()
  const alerts = shallowRef<AlertHistory>()
  const acts = shallowRef<ActLog>()
  const failed = ref(false)
  const busy = ref(false)

  function clear(): void {
    view.value = undefined
    behind.value = undefined
    figure.value = undefined
    from.value = undefined
    alerts.value = undefined
    acts.value = undefined
    failed.value = false
    busy.value = false
  }

  return { view, behind, figure, from, alerts, acts, failed, busy, clear }
})
