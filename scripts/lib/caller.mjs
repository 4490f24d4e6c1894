// @ts-check
import { randomUUID } from 'node:crypto'
import { CallerSide } from './caller/caller-side.mjs'
import { CarrierAri } from './caller/carrier-ari.mjs'
import { fallSilent, hear, speak } from './caller/sound.mjs'
import { Fault } from './fault.mjs'

/**
 * Someone outside calls in: from the pretend carrier through the trunk. Resolves once the INVITE is on its way.
 *
 *     const caller = await placeCall({ carrier, to: '0350600025', from: '09011111111', tone: 440, recordTo: 'heard.wav' })
 *     await caller.waitFor('answered')
 *     await caller.hangup()
 *
 * @param {import('./caller/caller-side.mjs').CallerOptions & { carrier: import('./caller/carrier-ari.mjs').CarrierAddress }} options
 * @returns {Promise<CallerSide>}
 */
export async function placeCall({ carrier, ...options }) {
  for (const number of [options.to, options.from ?? '']) {
    if (!/^[+0-9*#a-z]*$/.test(number)) throw new Fault(`${number} is no telephone number.`)
  }
  const id = `caller-${randomUUID().slice(0, 8)}`
  const ari = new CarrierAri(carrier, id)
  await ari.connect()
  const caller = new CallerSide(ari, id, options)
  caller.once('inHand', () => carryOn(speak(ari, caller), caller))
  caller.once('ended', () =>
    carryOn(
      fallSilent(ari, id).finally(() => ari.close()),
      caller,
    ),
  )
  try {
    await dial(ari, caller)
  } catch (error) {
    await caller.hangup().finally(() => ari.close())
    throw error
  }
  return caller
}

/** @param {CarrierAri} ari @param {CallerSide} caller */
async function dial(ari, { id, options: { to, from = '09011111111', recordTo } }) {
  await ari.request('POST', '/channels', {
    endpoint: `PJSIP/${to}@pbx`,
    app: ari.app,
    channelId: id,
    callerId: from,
    timeout: -1,
    formats: 'ulaw',
  })
  if (recordTo) await hear(ari, id, recordTo)
}

/** What happens beside the call may fail, as when it ends meanwhile; only then is that no fault. @param {Promise<void>} work @param {CallerSide} caller */
function carryOn(work, caller) {
  work.catch((error) => {
    if (!caller.ending) caller.emit('error', error)
  })
}
