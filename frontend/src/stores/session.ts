import type { LogoutReason, Me } from '@tsunagu/contract'
import { defineStore } from 'pinia'
import { ref } from 'vue'

/** Who is logged in on this page, and how it ended when nobody is. */
export const useSessionStore = defineStore('session', () => {
  const me = ref<Me>()
  const endedBecause = ref<LogoutReason>()

  /** Set while this page itself logs out, so that the end is not reported to the one who asked for it. */
  const leaving = ref(false)

  function begin(who: Me): void {
    me.value = who
    endedBecause.value = undefined
    leaving.value = false
  }

  function end(reason?: LogoutReason): void {
    me.value = undefined
    endedBecause.value = reason
  }

  return { me, endedBecause, leaving, begin, end }
})
