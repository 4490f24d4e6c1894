import { watch } from 'vue'
import { measureLevel } from '../adapters/input-level'
import type { WarmMicrophone } from './microphone'

/** Shows the level of whatever microphone is open, also when another takes over. Returns how to stop. */
export function showLevel(microphone: WarmMicrophone, show: (level: number) => void): () => void {
  const stop = watch(
    () => microphone.current,
    (stream, _before, onCleanup) => {
      show(0)
      if (stream) onCleanup(measureLevel(stream, show))
    },
    { immediate: true },
  )
  return () => stop()
}
