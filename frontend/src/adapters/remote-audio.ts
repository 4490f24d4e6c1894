/**
 * The element the other party is heard through. It stays in the document for the whole visit: an element that is
 * not attached may be silenced by the browser.
 */
function element(): HTMLAudioElement {
  const existing = document.querySelector<HTMLAudioElement>('audio[data-testid="remote-audio"]')
  if (existing) return existing
  const audio = document.createElement('audio')
  audio.dataset['testid'] = 'remote-audio'
  audio.autoplay = true
  audio.muted = false
  document.body.append(audio)
  return audio
}

/** Lets the other party be heard on this device (`''`: the system's). False when it cannot. */
export async function routeRemote(deviceId: string): Promise<boolean> {
  const audio = element()
  // Missing in older browsers, whatever the types say.
  if (!('setSinkId' in audio)) return deviceId === ''
  try {
    await audio.setSinkId(deviceId)
    return true
  } catch {
    // Pulled out a moment ago, which the list of devices is about to tell.
    return false
  }
}

/** Plays what comes from the other side. False when the browser wants a click first. */
export async function playRemote(track: MediaStreamTrack): Promise<boolean> {
  element().srcObject = new MediaStream([track])
  return resumeRemote()
}

export async function resumeRemote(): Promise<boolean> {
  const audio = element()
  if (!audio.srcObject) return true
  try {
    await audio.play()
    return true
  } catch (error) {
    // Replaced by the next leg's stream while it was starting: that one answers for itself.
    return error instanceof DOMException && error.name === 'AbortError'
  }
}

export function stopRemote(): void {
  element().srcObject = null
}
