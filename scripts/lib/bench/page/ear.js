// @ts-check
/// <reference lib="dom" />
/**
 * What the bench puts into every page before the page's own scripts: a microphone that sings, an ear at the
 * loudspeaker, an eye on the screen. All times are Date.now(), which is the clock of Asterisk and of Node as well.
 */
;(() => {
  const MICROPHONE_HZ = 3000
  /** Of full scale. The caller's tone comes with about 0.16, the noise of an empty line with less than 0.001. */
  const LOUD = 0.03

  // Runs on the audio thread, so that the page's own work does not delay what is measured.
  const EAR = `registerProcessor('ear', class extends AudioWorkletProcessor {
    process([[samples]]) {
      const power = samples ? samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length : 0
      const loud = Math.sqrt(power) >= ${LOUD}
      if (loud !== this.loud) this.port.postMessage({ loud, at: Date.now() })
      this.loud = loud
      return true
    }
  })`

  navigator.mediaDevices.getUserMedia = () => {
    const context = new AudioContext()
    const oscillator = new OscillatorNode(context, { frequency: MICROPHONE_HZ })
    const volume = new GainNode(context, { gain: 0.5 })
    const out = context.createMediaStreamDestination()
    oscillator.connect(volume).connect(out)
    oscillator.start()
    return Promise.resolve(out.stream)
  }

  /** @type {{ clickedAt: number, heardAt: number, loud: boolean }} */
  const seen = { clickedAt: 0, heardAt: 0, loud: false }
  addEventListener(
    'click',
    // The event's own time: what the page did between the finger and this line counts as well.
    ({ timeStamp }) => (seen.clickedAt = Date.now() - (performance.now() - timeStamp)),
    true,
  )

  /** @type {Promise<AudioWorkletNode> | undefined} */
  let opened
  const open = async () => {
    const context = new AudioContext()
    const module = URL.createObjectURL(new Blob([EAR], { type: 'text/javascript' }))
    await context.audioWorklet.addModule(module)
    await context.resume()
    const ear = new AudioWorkletNode(context, 'ear', { numberOfOutputs: 0 })
    ear.port.onmessage = ({ data: { loud, at } }) => {
      seen.loud = loud
      if (loud) seen.heardAt ||= at
    }
    return ear
  }

  /** @type {MediaStreamAudioSourceNode | undefined} */
  let source
  const bench = {
    /** Makes the ear ready before there is anything to hear. */
    prepare: async () => void (await (opened ??= open())),
    /** Listens to a stream, and to no other from then on. @param {MediaStream} stream */
    listen: async (stream) => {
      const ear = await (opened ??= open())
      source?.disconnect()
      source = new MediaStreamAudioSourceNode(/** @type {AudioContext} */ (ear.context), {
        mediaStream: stream,
      })
      source.connect(ear)
    },
    /** Listens to what the product's own loudspeaker element plays, as soon as it plays anything. */
    listenToProduct: async () => {
      for (;;) {
        const audio = document.querySelector('[data-testid="remote-audio"]')
        const stream = audio instanceof HTMLAudioElement ? audio.srcObject : null
        if (stream instanceof MediaStream) return bench.listen(stream)
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    },
    /** Forgets what was heard and clicked. Says what is wrong with beginning now, or ''. */
    begin: () => {
      seen.clickedAt = seen.heardAt = 0
      return seen.loud ? 'it is not silent before the click' : ''
    },
    /** Resolves when sound has come since `begin`. @returns {Promise<{ clickedAt: number, heardAt: number }>} */
    heard: async () => {
      while (!seen.heardAt) await new Promise((resolve) => setTimeout(resolve, 10))
      return { clickedAt: seen.clickedAt, heardAt: seen.heardAt }
    },
    /** Resolves with the time at which the head of the phone next says so. @param {string} word @returns {Promise<number>} */
    shown: (word) =>
      new Promise((resolve) => {
        const observer = new MutationObserver(() => {
          const head = document.querySelector('[role="group"][aria-label="電話"]')
          if (!head?.textContent?.trim().startsWith(word)) return
          observer.disconnect()
          resolve(Date.now())
        })
        observer.observe(document.body, { subtree: true, childList: true, characterData: true })
      }),
  }
  Object.assign(globalThis, { bench })
})()
