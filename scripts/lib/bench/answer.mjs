// @ts-check
import { placeCall } from '../caller.mjs'
import { BenchOperator } from './operator.mjs'
import { CallerRecording } from './recording.mjs'
import { callByCall } from './series.mjs'
import { pause } from './within.mjs'

/** @typedef {import('./stack.mjs').BenchStack} BenchStack */

/** Long enough for a person to see that it rings. */
const BEFORE_CLICK_MS = 700
const CALLER_HZ = 1000

/** Both ways of a call to be answered: out of the queue, and on the first ring. @param {import('./series.mjs').Setting} setting */
export async function answer(setting) {
  const { browser, stack } = setting
  const operator = await BenchOperator.arrive(browser, stack.url, '6321')
  const waiting = await callByCall(setting, () => fromQueue(stack, operator))
  const direct = await callByCall(setting, () => onFirstRing(stack, operator))
  await operator.leave()
  return { ...waiting, ...direct }
}

/** The caller waits, and speaks all the time, so that nothing but the product stands between click and sound. @param {BenchStack} stack @param {BenchOperator} operator */
async function fromQueue({ carrier, runtimeDir }, operator) {
  const caller = await placeCall({ carrier, to: '0350600025', tone: CALLER_HZ })
  await caller.waitFor('answered', { timeoutMs: 20_000 })
  const recording = await new CallerRecording(caller, runtimeDir).start()
  await operator.becomeReady()
  const { clickedAt, heardAt } = await answerRinging(operator)
  const atCaller = await recording.operatorHeardAfter(clickedAt)
  await hangUp(caller, operator)
  return {
    'waiting caller: click to caller heard in the browser': heardAt - clickedAt,
    'waiting caller: click to operator heard at the caller': atCaller,
  }
}

/** The trunk's call itself is answered on the click. The caller begins to speak only then, so his voice is no measure here. @param {BenchStack} stack @param {BenchOperator} operator */
async function onFirstRing({ carrier, runtimeDir }, operator) {
  await operator.becomeReady()
  await operator.untilReady()
  const caller = await placeCall({ carrier, to: '0350600025', tone: CALLER_HZ })
  const recording = await new CallerRecording(caller, runtimeDir).start()
  const { clickedAt } = await answerRinging(operator)
  const answeredAt = await caller.waitFor('answered')
  const atCaller = await recording.operatorHeardAfter(clickedAt)
  await hangUp(caller, operator)
  return {
    'first ring: click to 200 OK at the carrier': answeredAt - clickedAt,
    'first ring: click to operator heard at the caller': atCaller,
  }
}

/** @param {BenchOperator} operator */
async function answerRinging(operator) {
  await operator.untilPhoneIs('着信中')
  await operator.listen()
  await pause(BEFORE_CLICK_MS)
  return operator.answer()
}

/** @param {import('../caller/caller-side.mjs').CallerSide} caller @param {BenchOperator} operator */
async function hangUp(caller, operator) {
  await caller.hangup()
  await operator.untilPhoneIs('待機中')
}
