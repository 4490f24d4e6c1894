import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../scripts/lib/ports.mjs'
import { GRACE_SECONDS, REJOIN_SECONDS, RING_SECONDS, STACK_VARIABLE, type StackFacts } from './settings.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const START_LIMIT_MS = 300_000

/** Starts the product as a user does, `npm start`, on ports and in a folder of its own. */
export default async function setUp(): Promise<() => Promise<void>> {
  const runtimeDir = `${ROOT}.runtime/e2e`
  // Calls, logins and users of an earlier run would be part of this one's story; the installed parts are kept.
  for (const part of ['data', 'valkey', 'run', 'log', 'asterisk', 'carrier']) {
    rmSync(`${runtimeDir}/${part}`, { recursive: true, force: true })
  }
  mkdirSync(runtimeDir, { recursive: true })
  // The parts themselves are the same for every stack of this clone.
  if (!existsSync(`${runtimeDir}/root`)) symlinkSync('../root', `${runtimeDir}/root`)
  const port = await freePort()
  const sipPort = await freePort('udp')
  const redisPort = await freePort()
  const stack = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: String(port),
      RUNTIME_DIR: runtimeDir,
      SIP_PORT: String(sipPort),
      CARRIER_PORT: String(await freePort('udp', '127.0.0.2')),
      ARI_PORT: String(await freePort()),
      REDIS_PORT: String(redisPort),
      RTP_PORTS: '22000-22999',
      RING_SECONDS: String(RING_SECONDS),
      GRACE_SECONDS: String(GRACE_SECONDS),
      REJOIN_SECONDS: String(REJOIN_SECONDS),
    },
  })
  await ready(stack)
  const facts: StackFacts = {
    url: `https://localhost:${String(port)}`,
    runtimeDir,
    sipPort,
    redisUrl: `redis://127.0.0.1:${String(redisPort)}`,
    starter: stack.pid ?? 0,
  }
  process.env[STACK_VARIABLE] = JSON.stringify(facts)
  return async () => {
    const ended = new Promise((resolve) => stack.once('exit', resolve))
    stack.kill('SIGTERM')
    await ended
  }
}

function ready(stack: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    const limit = setTimeout(() => reject(new Error(`npm start is not ready:\n${said}`)), START_LIMIT_MS)
    const listen = (chunk: Buffer): void => {
      said += chunk.toString()
      if (!/^Ready: /m.test(said)) return
      clearTimeout(limit)
      resolve()
    }
    stack.stdout?.on('data', listen)
    stack.stderr?.on('data', listen)
    stack.once('exit', (code) => {
      clearTimeout(limit)
      reject(new Error(`npm start ended with ${String(code)}:\n${said}`))
    })
  })
}
