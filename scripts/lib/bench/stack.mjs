// @ts-check
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { codeOf, Fault } from '../fault.mjs'
import { freePort } from '../ports.mjs'
import { isAlive } from '../runtime/lock.mjs'

/**
 * A stack of the bench's own, beside any other on the machine.
 * @typedef {object} BenchStack
 * @property {string} url
 * @property {string} runtimeDir
 * @property {import('../caller/carrier-ari.mjs').CarrierAddress} carrier
 * @property {{ url: string, user: string, password: string }} ari
 * @property {() => boolean} isOver  Somebody stopped it, or it gave up.
 * @property {() => Promise<void>} stop
 */

const START_LIMIT_MS = 300_000
/** What an earlier run left behind; the installed parts are kept. */
const OF_A_RUN = ['data', 'valkey', 'run', 'log', 'asterisk', 'carrier', 'recordings']
/** What would lead away from the parts of its own that are measured. */
const NOT_OURS = ['REDIS_URL', 'ARI_URL', 'DATABASE_URL', 'CARRIER', 'PUBLIC_HOST']

/**
 * Starts the product as a user does, `npm start`. `prepare`: what is to be there before, in its empty folder.
 * @param {string} root @param {(line: string) => void} log @param {(runtimeDir: string) => Promise<void>} [prepare] @returns {Promise<BenchStack>}
 */
export async function startBenchStack(root, log, prepare) {
  const runtimeDir = join(root, '.runtime/bench')
  await clear(runtimeDir)
  await prepare?.(runtimeDir)
  const port = await freePort()
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    // Ctrl-C is for us; we stop it in order.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: await environmentFor(runtimeDir, port),
  })
  await untilReady(child, log)
  const read = async (/** @type {string} */ name) =>
    JSON.parse(await readFile(join(runtimeDir, 'run', name), 'utf8'))
  return {
    url: `https://localhost:${port}`,
    runtimeDir,
    carrier: await read('carrier.json'),
    ari: await read('ari.json'),
    isOver: () => isOver(child),
    stop: () => stop(child),
  }
}

/** @param {string} runtimeDir */
async function clear(runtimeDir) {
  const holder = Number(await readFile(join(runtimeDir, 'run/start.pid'), 'utf8').catch(() => ''))
  if (isAlive(holder)) throw new Fault(`A bench runs already (process ${holder}).`, 'Wait for its end.')
  for (const part of OF_A_RUN) await rm(join(runtimeDir, part), { recursive: true, force: true })
  await mkdir(runtimeDir, { recursive: true })
  // The parts themselves are the same for every stack of this clone, and may have to be installed yet.
  await mkdir(join(runtimeDir, '../root'), { recursive: true })
  await symlink('../root', join(runtimeDir, 'root')).catch((error) => {
    if (codeOf(error) !== 'EEXIST') throw error
  })
}

/** @param {string} runtimeDir @param {number} port @returns {Promise<NodeJS.ProcessEnv>} */
async function environmentFor(runtimeDir, port) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !NOT_OURS.includes(name)))
  return {
    ...env,
    // By this a stack ends by itself when whoever started it is gone (onceAskedToEnd).
    npm_lifecycle_event: 'bench',
    HOST: '127.0.0.1',
    PORT: String(port),
    RUNTIME_DIR: runtimeDir,
    SIP_PORT: String(await freePort('udp')),
    CARRIER_PORT: String(await freePort('udp', '127.0.0.2')),
    ARI_PORT: String(await freePort()),
    REDIS_PORT: String(await freePort()),
    RTP_PORTS: '23000-23999',
  }
}

/** @param {import('node:child_process').ChildProcess} child @param {(line: string) => void} log @returns {Promise<void>} */
function untilReady(child, log) {
  return new Promise((resolve, reject) => {
    /** @type {string[]} */
    const complaints = []
    const fail = (/** @type {string} */ what) => {
      clearTimeout(limit)
      void stop(child)
      reject(new Fault(what, complaints.slice(-12).join('\n  ')))
    }
    const limit = setTimeout(() => fail('npm start does not become ready.'), START_LIMIT_MS)
    const { stdout, stderr } = child
    if (stdout)
      createInterface({ input: stdout }).on('line', (line) => {
        log(`  ${line}`)
        if (!line.startsWith('Ready: ')) return
        clearTimeout(limit)
        resolve()
      })
    if (stderr) createInterface({ input: stderr }).on('line', (line) => complaints.push(line))
    child.once('exit', (code) => fail(`npm start ended with ${code}.`))
  })
}

/** Asked twice it would end at once, without order. @param {import('node:child_process').ChildProcess} child */
async function stop(child) {
  if (isOver(child)) return
  const ended = once(child, 'exit')
  if (!child.killed) child.kill('SIGTERM')
  await ended
}

/** @param {import('node:child_process').ChildProcess} child */
function isOver({ exitCode, signalCode }) {
  return exitCode !== null || signalCode !== null
}
