// @ts-check
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { placeCall } from './lib/caller.mjs'
import { Fault, runCommand } from './lib/fault.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const USAGE = 'npm run call -- [--to 0350600025] [--from 09011111111] [--seconds 60]'

await runCommand(call)

/** `npm run call`: somebody outside calls in, greets, and echoes what he hears; what he experiences is printed. */
async function call() {
  const { to, from, seconds } = readOptions()
  const caller = await placeCall({ carrier: await carrierOfStack(), to, from, say: true })
  console.log(`${from} calls ${to}`)
  const hangUp = () => void caller.hangup()
  process.once('SIGINT', hangUp).once('SIGTERM', hangUp)
  const limit = setTimeout(hangUp, seconds * 1000)
  caller.on('ringing', () => console.log('ringing'))
  caller.on('answered', () => console.log(`answered after ${since(caller.at.dialled, caller.at.answered)} s`))
  // What happened while these lines were reached.
  if (caller.at.ringing) console.log('ringing')
  await caller.waitFor('ended', { timeoutMs: (seconds + 30) * 1000 })
  clearTimeout(limit)
  if (caller.at.answered) console.log(`talked ${since(caller.at.answered, caller.at.ended)} s`)
  const { by, causeText, sipCode } = caller.ending ?? { by: 'nobody', causeText: '' }
  console.log(`ended by the ${by} (${[causeText, sipCode && `SIP ${sipCode}`].filter(Boolean).join(', ')})`)
  return by === 'carrier' ? 1 : 0
}

function readOptions() {
  try {
    const text = /** @type {const} */ ({ type: 'string' })
    const { values } = parseArgs({ options: { to: text, from: text, seconds: text } })
    const seconds = Number(values.seconds ?? 60)
    if (!(seconds > 0 && seconds <= 86_400)) throw new Error('--seconds wants a number of seconds')
    return { to: values.to ?? '0350600025', from: values.from ?? '09011111111', seconds }
  } catch (error) {
    throw new Fault(error instanceof Error ? error.message : String(error), USAGE, error)
  }
}

/** @returns {Promise<import('./lib/caller/carrier-ari.mjs').CarrierAddress>} */
async function carrierOfStack() {
  const dir = resolve(ROOT, process.env['RUNTIME_DIR'] || '.runtime')
  try {
    return JSON.parse(await readFile(join(dir, 'run/carrier.json'), 'utf8'))
  } catch (error) {
    throw new Fault(
      `No pretend carrier runs from ${dir}.`,
      'Start the stack first (npm start, with CARRIER unset or "demo"); if it has a RUNTIME_DIR of its own, give it here, too.',
      error,
    )
  }
}

/** @param {number} [from] @param {number} [to] */
function since(from = 0, to = 0) {
  return ((to - from) / 1000).toFixed(1)
}
