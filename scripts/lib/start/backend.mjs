// @ts-check
import { createWriteStream, existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { request } from 'node:https'
import { join } from 'node:path'
import { Fault } from '../fault.mjs'
import { startPart } from '../runtime/part.mjs'
import { waitUntil } from '../wait.mjs'

/** @typedef {import('../environment.mjs').Settings} Settings */

const LOG_BYTES = 20e6
/** Levels worth showing to whoever runs `npm start`. */
const TROUBLE = ['warn', 'error', 'fatal']

/** Settings that the backend has no use for. */
const OF_THE_PRIVATE_PARTS = ['SIP_PORT', 'RTP_PORTS', 'ARI_PORT', 'REDIS_PORT', 'CARRIER', 'CARRIER_PORT']

/**
 * The control plane. Its log goes to RUNTIME_DIR/log/backend.log; warnings and worse are shown as well.
 * @param {{ root: string, settings: Settings, log: (line: string) => void }} options
 */
export async function startBackend({ root, settings, log }) {
  const file = openLog(join(settings.RUNTIME_DIR, 'log'))
  const onLine = (/** @type {string} */ line) => {
    file.write(`${line}\n`)
    const words = inWords(line)
    if (words) log(words)
  }
  const part = await startPart({
    name: 'backend',
    dir: join(settings.RUNTIME_DIR, 'backend'),
    // Relative paths in the environment are relative to the repository, as for `npm start` itself.
    cwd: root,
    command: process.execPath,
    args: [join(root, 'backend/dist/main.js')],
    env: environmentOf(settings),
    onLine,
    whyNotReady: () => whyNot(settings, '/healthz'),
  })
  void part.exited.then(() => file.end())
  return part
}

/** Everything works together. @param {Settings} settings */
export async function waitUntilReady(settings) {
  try {
    await waitUntil(() => whyNot(settings, '/readyz'), {
      what: 'The readiness of the whole',
      timeoutMs: 60_000,
    })
  } catch (error) {
    throw new Fault(
      error instanceof Error ? error.message : String(error),
      `What the backend says stands in ${settings.RUNTIME_DIR}/log/backend.log.`,
      error,
    )
  }
}

/** @param {Settings} settings @returns {NodeJS.ProcessEnv} */
function environmentOf(settings) {
  const privateParts = {
    REDIS_URL: `redis://127.0.0.1:${settings.REDIS_PORT}`,
    ARI_URL: `http://127.0.0.1:${settings.ARI_PORT}`,
    TSUNAGU_DEMO: settings.DATABASE_URL === undefined ? '1' : '0',
  }
  const given = Object.entries(settings)
    .filter(([name]) => !OF_THE_PRIVATE_PARTS.includes(name))
    .map(([name, value]) => [name, String(value)])
  return { NODE_ENV: 'production', ...privateParts, ...Object.fromEntries(given) }
}

/** @param {string} dir */
function openLog(dir) {
  const path = join(dir, 'backend.log')
  mkdirSync(dir, { recursive: true })
  if (existsSync(path) && statSync(path).size > LOG_BYTES) renameSync(path, `${path}.1`)
  return createWriteStream(path, { flags: 'a', mode: 0o600 })
}

/** A line of the backend's JSON log for a person; nothing for what is no trouble. @param {string} line */
export function inWords(line) {
  const entry = parsed(line)
  if (!entry) return line.trim() && `backend: ${line}`
  if (!TROUBLE.includes(entry.level)) return ''
  const { msg = '', error = '' } = entry
  return `backend ${entry.level}: ${[msg, error].filter(Boolean).join(': ')}`
}

/** Undefined for what is not the log's JSON, so somebody's own words. @param {string} line */
function parsed(line) {
  try {
    return JSON.parse(line)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** @param {Settings} settings @param {string} path @returns {Promise<string>} */
function whyNot({ HOST, PORT }, path) {
  const host = HOST === '0.0.0.0' || HOST === '::' ? '127.0.0.1' : HOST
  return new Promise((resolve) => {
    // The certificate is for browsers; from here to ourselves it proves nothing.
    const call = request({ host, port: PORT, path, rejectUnauthorized: false, timeout: 2000 }, (answer) => {
      let body = ''
      answer.setEncoding('utf8').on('data', (text) => (body += text))
      answer.on('end', () =>
        resolve(
          answer.statusCode === 200 ? '' : `${path} answers ${answer.statusCode} ${body.slice(0, 300)}`,
        ),
      )
    })
    call.on('timeout', () => call.destroy(new Error(`${path} does not answer`)))
    call.on('error', (error) => resolve(error.message))
    call.end()
  })
}
