import { defineStore } from 'pinia'
import { ref } from 'vue'

/** The one time that all clocks of the page show, on the server's clock, a second at a time. */
export const useClockStore = defineStore('clock', () => {
  const now = ref(0)

  function tick(serverNow: number): void {
    now.value = serverNow
  }

  return { now, tick }
})
