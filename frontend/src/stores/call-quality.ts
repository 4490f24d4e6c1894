import type { QualityCause } from '@tsunagu/contract'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Grade } from '../model/call-quality'

/** How the call sounds now; `undefined` while nothing is measured. */
export const useCallQualityStore = defineStore('call-quality', () => {
  const shown = shallowRef<{ grade: Grade; cause: QualityCause }>()
  return { shown }
})
