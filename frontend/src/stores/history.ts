import type { HistoryKind, HistoryRow, HistorySort } from '@tsunagu/contract'
import { defineStore } from 'pinia'
import { ref } from 'vue'

/** What of the history is looked at, and what the server gave of it. */
export const useHistoryStore = defineStore('history', () => {
  const kind = ref<HistoryKind>()
  const words = ref('')
  const sort = ref<HistorySort>('-time')
  const rows = ref<HistoryRow[]>()
  const next = ref<string>()
  const failed = ref(false)
  const busy = ref(false)

  function clear(): void {
    kind.value = undefined
    words.value = ''
    sort.value = '-time'
    rows.value = undefined
    next.value = undefined
    failed.value = false
    busy.value = false
  }

  return { kind, words, sort, rows, next, failed, busy, clear }
})
