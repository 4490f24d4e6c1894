import { devicesOfKind, type Plugged } from '../model/devices'

/** Firefox and Safari let a page choose the loudspeaker of a call, but not of the sounds it makes itself. */
export const speakerChoosable = (): boolean => 'setSinkId' in HTMLMediaElement.prototype
export const ringerChoosable = (): boolean =>
  'AudioContext' in globalThis && 'setSinkId' in AudioContext.prototype

/** What is plugged in now. */
export async function pluggedDevices(): Promise<Plugged> {
  // Absent on a page that did not come over https.
  const devices = navigator.mediaDevices as MediaDevices | undefined
  const all = (await devices?.enumerateDevices()) ?? []
  return { inputs: devicesOfKind(all, 'audioinput'), outputs: devicesOfKind(all, 'audiooutput') }
}

/** Calls back whenever a headset was plugged in or out. Returns how to stop. */
export function watchPlugs(changed: () => void): () => void {
  const devices = navigator.mediaDevices as MediaDevices | undefined
  devices?.addEventListener('devicechange', changed)
  return () => devices?.removeEventListener('devicechange', changed)
}
