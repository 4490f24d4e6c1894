import { microphoneTrouble, type MicrophoneTrouble } from '../model/microphone-state'

export type MicrophoneAnswer = { stream: MediaStream } | { trouble: MicrophoneTrouble }

/** Opens one microphone, or the system's (`''`); asks the person when the browser has to. */
export async function openMicrophone(deviceId: string): Promise<MicrophoneAnswer> {
  // Absent on a page that did not come over https.
  const devices = navigator.mediaDevices as MediaDevices | undefined
  if (!devices) return { trouble: 'failed' }
  const audio = deviceId === '' ? true : { deviceId: { exact: deviceId } }
  try {
    return { stream: await devices.getUserMedia({ audio, video: false }) }
  } catch (error) {
    return { trouble: microphoneTrouble(error instanceof Error ? error.name : '') }
  }
}

export function closeMicrophone(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}

/** Whether asking now would go through without a question that nobody expects. */
export async function microphoneMayBeAsked(): Promise<boolean> {
  if (navigator.userActivation.hasBeenActive) return true
  try {
    const permission = await navigator.permissions.query({ name: 'microphone' as PermissionName })
    return permission.state !== 'prompt'
  } catch {
    return false
  }
}

/** Calls back on the first click or key on this page. Returns how to stop. */
export function onFirstGesture(then: () => void): () => void {
  const stop = (): void => {
    removeEventListener('pointerdown', gesture, true)
    removeEventListener('keydown', gesture, true)
  }
  const gesture = (): void => {
    stop()
    then()
  }
  addEventListener('pointerdown', gesture, true)
  addEventListener('keydown', gesture, true)
  return stop
}
