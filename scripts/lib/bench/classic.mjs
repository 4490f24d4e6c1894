// @ts-check
import { clickAndHear } from './browser.mjs'
import { ClassicPhone } from './classic-phone.mjs'
import { CallerRecording } from './recording.mjs'
import { callByCall } from './series.mjs'
import { pause } from './within.mjs'

const BEFORE_CLICK_MS = 700
const CALLER_HZ = 1000

/** What one would take instead: the same caller, Asterisk and browser, but the click answers an INVITE. @param {import('./series.mjs').Setting} setting */
export function classic(setting) {
  return ClassicPhone.during(setting, (phone) =>
    callByCall(setting, (call) => answered(phone, `classic-${call}`)),
  )
}

/** @param {ClassicPhone} phone @param {string} leg */
async function answered(phone, leg) {
  const { caller, channel } = await phone.waitingCaller(CALLER_HZ)
  const recording = await new CallerRecording(caller, phone.stack.runtimeDir).start()
  const { up } = await phone.ring(leg)
  const bridged = up.then(() => phone.bridge([leg, channel]))
  bridged.catch(() => undefined)
  await pause(BEFORE_CLICK_MS)
  const { clickedAt, heardAt } = await clickAndHear(phone.page, phone.button)
  await bridged
  const atCaller = await recording.operatorHeardAfter(clickedAt)
  await Promise.all([phone.hangUp(leg), caller.hangup()])
  return {
    'waiting caller: click to caller heard in the browser': heardAt - clickedAt,
    'waiting caller: click to operator heard at the caller': atCaller,
  }
}
