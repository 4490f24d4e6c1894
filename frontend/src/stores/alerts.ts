import type { AlertView, UserId } from '@tsunagu/contract'
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { betterOffset } from '../model/server-clock'

export interface AlertEntry extends AlertView {
  operator: { id: UserId; name: string; extension: string }
}

export interface AlertsView {
  seq: number
  now: number
  alerts: AlertEntry[]
}

/** Who asks for help, as the server last said it. */
export const useAlertStore = defineStore('alerts', () => {
  const alerts = shallowRef<AlertEntry[]>([])
  const offset = ref<number>()
  let lastSeq = -1

  /** Takes a view unless a newer one is here; the alerts that are new with it. */
  function take(view: AlertsView, receivedAt: number): AlertEntry[] {
    if (view.seq <= lastSeq) return []
    lastSeq = view.seq
    offset.value = betterOffset(offset.value, view.now, receivedAt)
    const known = new Set(alerts.value.map(idOf))
    alerts.value = view.alerts
    return view.alerts.filter((alert) => !alert.acknowledgedBy && !known.has(idOf(alert)))
  }

  function forget(): void {
    alerts.value = []
    offset.value = undefined
    lastSeq = -1
  }

  return { alerts, offset, take, forget }
})

const idOf = ({ operator, since }: AlertEntry): string => `${operator.id} ${String(since)}`
