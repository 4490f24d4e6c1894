import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { TabRole } from '../model/buttons'
import type { MicrophoneState } from '../model/microphone-state'

export type NotificationState = 'unsupported' | 'askable' | 'allowed' | 'blocked'

/** The equipment of this seat: microphone, sound, notifications, and whether this tab has the phone. */
export const useDeskStore = defineStore('desk', () => {
  const tab = ref<TabRole>('waiting')
  const microphone = ref<MicrophoneState>('unknown')
  const audioBlocked = ref(false)
  const notification = ref<NotificationState>('unsupported')
  /** The registration as this page's own SIP connection sees it. */
  const sipRegistered = ref(false)
  const tryingRingtone = ref(false)
  /** The other party does not hear this operator, at his own wish. */
  const muted = ref(false)

  function clear(): void {
    tab.value = 'waiting'
    microphone.value = 'unknown'
    audioBlocked.value = false
    sipRegistered.value = false
    tryingRingtone.value = false
    muted.value = false
  }

  return { tab, microphone, audioBlocked, notification, sipRegistered, tryingRingtone, muted, clear }
})
