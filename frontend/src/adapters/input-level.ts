import { levelOf } from '../model/sound-level'

/**
 * Measures a microphone as often as the screen is painted. It listens to a copy of the track: the microphone itself is
 * silent while nobody is meant to hear it. Returns how to stop.
 */
export function measureLevel(stream: MediaStream, show: (level: number) => void): () => void {
  const track = stream.getAudioTracks()[0]?.clone()
  if (!track) return () => undefined
  track.enabled = true
  const context = new AudioContext()
  const analyser = new AnalyserNode(context, { fftSize: 1024 })
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  const paint = (): void => {
    analyser.getFloatTimeDomainData(samples)
    show(levelOf(samples))
    frame = requestAnimationFrame(paint)
  }
  let frame = requestAnimationFrame(paint)
  return () => {
    cancelAnimationFrame(frame)
    track.stop()
    void context.close()
  }
}
