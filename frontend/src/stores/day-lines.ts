import type { DayPoint } from '@tsunagu/contract'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

/** How the site's figures went today; the tiles' lines. */
export const useDayLineStore = defineStore('day-lines', () => ({ points: shallowRef<DayPoint[]>([]) }))
