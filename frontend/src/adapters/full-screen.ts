/** The page over the whole screen. A browser that refuses leaves it in its window, which shows the same. */
export async function goFullScreen(): Promise<void> {
  if (document.fullscreenElement) return
  await document.documentElement.requestFullscreen({ navigationUI: 'hide' }).catch(() => undefined)
}

/** Calls back when the person has left the full screen. Returns how to stop. */
export function onFullScreenLeft(then: () => void): () => void {
  const listen = (): void => {
    if (!document.fullscreenElement) then()
  }
  document.addEventListener('fullscreenchange', listen)
  return () => document.removeEventListener('fullscreenchange', listen)
}

export const leaveFullScreen = async (): Promise<void> => {
  if (document.fullscreenElement) await document.exitFullscreen()
}
