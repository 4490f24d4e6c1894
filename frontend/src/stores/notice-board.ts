import type { Notice } from '@tsunagu/contract'
import { defineStore } from 'pinia'
import { ref } from 'vue'

/** The notices of the site (お知らせ), and how many of them this user has not read. Not the page's own messages. */
export const useNoticeBoardStore = defineStore('notice-board', () => {
  const notices = ref<Notice[]>()
  /** UTC ms: what is later was new when this page was opened. */
  const readUntil = ref(0)
  const next = ref<string>()
  const unread = ref(0)
  const failed = ref(false)
  const busy = ref(false)

  function clear(): void {
    notices.value = undefined
    readUntil.value = 0
    next.value = undefined
    unread.value = 0
    failed.value = false
    busy.value = false
  }

  return { notices, readUntil, next, unread, failed, busy, clear }
})
