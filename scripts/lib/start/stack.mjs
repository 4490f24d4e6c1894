// @ts-check
import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from '../ports.mjs'
import { installRuntime, startAsterisk, startCarrier, startValkey } from '../runtime/index.mjs'
import { startBackend } from './backend.mjs'

/** @typedef {import('../environment.mjs').Settings} Settings */
/** @typedef {import('./supervisor.mjs').Supervisor} Supervisor */
/** @typedef {(line: string) => void} Log */

/** The pretend carrier's own loopback address: a trunk known by 127.0.0.1 would swallow the browsers. */
const CARRIER_HOST = '127.0.0.2'

/** Where each part of a stack writes. @param {string} runtimeDir */
export function foldersOf(runtimeDir) {
  const at = (/** @type {string} */ name) => join(runtimeDir, name)
  return { valkey: at('valkey'), carrier: at('carrier'), asterisk: at('asterisk'), backend: at('backend') }
}

/**
 * Starts everything in its order and leaves it to the supervisor.
 * @param {{ root: string, settings: Settings, supervisor: Supervisor, log: Log }} options
 */
export async function startStack({ root, settings, supervisor, log }) {
  const { RUNTIME_DIR, REDIS_URL, REDIS_PORT: port, ARI_URL } = settings
  if (!REDIS_URL || !ARI_URL) {
    const runtime = await installRuntime({ runtimeDir: RUNTIME_DIR, log })
    const dirs = foldersOf(RUNTIME_DIR)
    if (!REDIS_URL)
      await supervisor.run('valkey', () => startValkey({ runtime, dir: dirs.valkey, port, log }))
    if (!ARI_URL) await startTelephony({ runtime, settings, supervisor, log })
  }
  log('The backend starts')
  await supervisor.run('backend', () => startBackend({ root, settings, log }))
}

/** @param {{ runtime: import('../runtime/index.mjs').Runtime, settings: Settings, supervisor: Supervisor, log: Log }} options */
async function startTelephony({ runtime, settings, supervisor, log }) {
  const {
    RUNTIME_DIR,
    SIP_PORT: sipPort,
    ARI_PORT: ariPort,
    ARI_USER: ariUser,
    ARI_PASSWORD: ariPassword,
    CARRIER,
  } = settings
  const dirs = foldersOf(RUNTIME_DIR)
  const carrier = CARRIER === 'demo' ? { host: CARRIER_HOST, port: settings.CARRIER_PORT } : CARRIER
  if (CARRIER === 'demo') {
    const httpPort = await freePort('tcp', CARRIER_HOST)
    const password = randomBytes(24).toString('base64url')
    const target = { host: '127.0.0.1', port: sipPort }
    const options = {
      runtime,
      dir: dirs.carrier,
      address: CARRIER_HOST,
      port: carrier.port,
      target,
      httpPort,
      password,
      log,
    }
    await supervisor.run('carrier', () => startCarrier(options))
    await writeSecret(join(RUNTIME_DIR, 'run/carrier.json'), { host: CARRIER_HOST, httpPort, password })
  }
  const rest = { rtpPorts: settings.RTP_PORTS, publicHost: settings.PUBLIC_HOST, carrier, log }
  await supervisor.run('asterisk', () =>
    startAsterisk({ runtime, dir: dirs.asterisk, sipPort, ariPort, ariUser, ariPassword, ...rest }),
  )
  // For the benchmark and for a developer's curl; nobody else can read it.
  await writeSecret(join(RUNTIME_DIR, 'run/ari.json'), {
    url: `http://127.0.0.1:${ariPort}`,
    user: ariUser,
    password: ariPassword,
  })
}

/** @param {string} path @param {object} content */
async function writeSecret(path, content) {
  await mkdir(join(path, '..'), { recursive: true })
  await writeFile(path, `${JSON.stringify(content)}\n`, { mode: 0o600 })
}
