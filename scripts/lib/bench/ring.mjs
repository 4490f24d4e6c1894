// @ts-check
import { placeCall } from '../caller.mjs'
import { BenchOperator } from './operator.mjs'
import { callByCall } from './series.mjs'
import { pause, within } from './within.mjs'

/** A caller reaches a free operator: until the ringing is on the trunk, and on the operator's screen. @param {import('./series.mjs').Setting} setting */
export async function ring(setting) {
  const { browser, stack } = setting
  const operator = await BenchOperator.arrive(browser, stack.url, '6320')
  await operator.becomeReady()
  const series = await callByCall(setting, async () => {
    await operator.untilReady()
    await pause(300)
    const shown = within(operator.shownRinging(), 'The ringing on the screen')
    const caller = await placeCall({ carrier: stack.carrier, to: '0350600025' })
    const [ringingAt, shownAt] = await Promise.all([caller.waitFor('ringing'), shown])
    const dialledAt = await caller.waitFor('dialled')
    await caller.hangup()
    await operator.untilPhoneIs('待機中')
    return { 'INVITE to 180': ringingAt - dialledAt, 'INVITE to the screen ringing': shownAt - dialledAt }
  })
  await operator.leave()
  return series
}
