import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { resolveAll, type Choices, type Plugged, type Standings } from '../model/devices'

const NOTHING_TOLD: Plugged = { inputs: undefined, outputs: undefined }

/** Where this seat speaks and hears: what was chosen, what is plugged in, and what that comes to. */
export const useDeviceStore = defineStore('devices', () => {
  const plugged = shallowRef<Plugged>(NOTHING_TOLD)
  const choices = shallowRef<Choices>({})
  const standings = shallowRef<Standings>(resolveAll({}, NOTHING_TOLD))

  function clear(): void {
    plugged.value = NOTHING_TOLD
    choices.value = {}
    standings.value = resolveAll({}, NOTHING_TOLD)
  }

  return { plugged, choices, standings, clear }
})
