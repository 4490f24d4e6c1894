import type { LogoutReason, Me, SessionView } from '@tsunagu/contract'
import { defineStore } from 'pinia'
import { ref } from 'vue'

/** Who is logged in on this page, and how it ended when nobody is. */
export const useSessionStore = defineStore('session', () => {
  const me = ref<Me>()
  /** The site's: every time on every screen is shown in it. Before a login nothing is. */
  const timeZone = ref<string>()
  const endedBecause = ref<LogoutReason>()

  /** Set while this page itself logs out, so that the end is not reported to the one who asked for it. */
  const leaving = ref(false)

  function begin(view: SessionView): void {
    me.value = view.me
    timeZone.value = view.timeZone
    endedBecause.value = undefined
    leaving.value = false
  }

  function end(reason?: LogoutReason): void {
    me.value = undefined
    endedBecause.value = reason
  }

  return { me, timeZone, endedBecause, leaving, begin, end }
})
