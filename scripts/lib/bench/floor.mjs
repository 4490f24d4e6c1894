// @ts-check
import { begin, heard } from './browser.mjs'
import { ClassicPhone } from './classic-phone.mjs'
import { CallerRecording, MICROPHONE_HZ } from './recording.mjs'
import { callByCall } from './series.mjs'
import { pause } from './within.mjs'

/**
 * What no product gets below: Asterisk itself begins to sound on a channel that has long been up. The rest is line, jitter
 * buffer and the measuring itself, and part of every figure of the other benches.
 * @param {import('./series.mjs').Setting} setting
 */
export function floor(setting) {
  return ClassicPhone.during(setting, (phone) =>
    callByCall(setting, (call) => sounded(phone, `floor-${call}`)),
  )
}

/** @param {ClassicPhone} phone @param {string} leg */
async function sounded(phone, leg) {
  const { caller, channel } = await phone.waitingCaller()
  const recording = await new CallerRecording(caller, phone.stack.runtimeDir).start()
  const { up } = await phone.ring(leg)
  await phone.button.click()
  await up
  await pause(500)
  await begin(phone.page)
  const toBrowser = await play(phone, leg, 1000)
  const { heardAt } = await heard(phone.page)
  const toCaller = await play(phone, channel, MICROPHONE_HZ)
  const atCaller = await recording.operatorHeardAfter(toCaller)
  await Promise.all([phone.hangUp(leg), caller.hangup()])
  return {
    'Asterisk sounds to heard in the browser': heardAt - toBrowser,
    'Asterisk sounds to heard at the caller': atCaller,
  }
}

/** Resolves with Asterisk's time of its beginning. @param {ClassicPhone} phone @param {string} channel @param {number} hz */
async function play({ pbx }, channel, hz) {
  const id = `${channel}:tone`
  const started = pbx.next(
    'The tone',
    ({ type, playback }) => type === 'PlaybackStarted' && playback?.id === id,
  )
  await pbx.request('POST', `/channels/${channel}/play/${id}`, { media: `tone:${hz}` })
  return Date.parse((await started).timestamp)
}
