// @ts-check
/// <reference lib="dom" />
import { UA, WebSocketInterface } from 'jssip'

/**
 * A browser phone as they are: it registers, shows a button when an INVITE comes, and answers that INVITE on the click.
 * JsSIP and the browser do the rest, with their own defaults.
 */

/** @type {{ bench: { listen: (stream: MediaStream) => Promise<void>, prepare: () => Promise<void> } }} */
const { bench } = /** @type {any} */ (globalThis)

/** @param {{ url: string, uri: string, password: string }} account @returns {Promise<void>} registered */
async function start({ url, uri, password }) {
  const button = /** @type {HTMLButtonElement} */ (document.querySelector('button'))
  const audio = /** @type {HTMLAudioElement} */ (document.querySelector('audio'))
  // The microphone is open before the call, as ours is: asking for it is not what is compared.
  const mediaStream = await navigator.mediaDevices.getUserMedia({ audio: true })
  await bench.prepare()
  const ua = new UA({ sockets: new WebSocketInterface(url), uri, password, session_timers: false })
  ua.on(
    'newRTCSession',
    (/** @type {{ session: import('jssip/lib/RTCSession.js').RTCSession }} */ { session }) => {
      session.on('peerconnection', ({ peerconnection }) =>
        peerconnection.addEventListener('track', ({ track }) => {
          const stream = new MediaStream([track])
          audio.srcObject = stream
          void bench.listen(stream)
        }),
      )
      button.hidden = false
      button.onclick = () => {
        session.answer({
          mediaStream,
          mediaConstraints: { audio: true, video: false },
          pcConfig: { iceServers: [] },
        })
        button.hidden = true
      }
      session.on('failed', () => (button.hidden = true))
    },
  )
  const registered = new Promise((resolve, reject) => {
    ua.on('registered', () => resolve(undefined))
    ua.on('registrationFailed', ({ cause }) =>
      reject(new Error(`The browser phone is not registered: ${cause}`)),
    )
  })
  ua.start()
  await registered
}

Object.assign(globalThis, { startClassicPhone: start })
