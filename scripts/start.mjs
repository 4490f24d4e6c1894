// @ts-check
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readEnvironment } from './lib/environment.mjs'
import { runCommand } from './lib/fault.mjs'
import { onceAskedToEnd } from './lib/processes.mjs'
import { withLock } from './lib/runtime/lock.mjs'
import { waitUntilReady } from './lib/start/backend.mjs'
import { ensureBuild } from './lib/start/build.mjs'
import { claimRuntimeDir, stopLeftovers } from './lib/start/leftovers.mjs'
import { assertNode, ensurePackages } from './lib/start/npm-packages.mjs'
import { assertPortsFree } from './lib/start/ports-check.mjs'
import { foldersOf, startStack } from './lib/start/stack.mjs'
import { Supervisor } from './lib/start/supervisor.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')
const log = (/** @type {string} */ line) => console.log(line)

await runCommand(start)

/** `npm start`: installs what is missing, builds, starts everything and keeps it running until it is told to stop. */
async function start() {
  assertNode()
  const settings = readEnvironment(process.env, ROOT)
  const release = await claimRuntimeDir(settings.RUNTIME_DIR)
  const supervisor = new Supervisor(join(settings.RUNTIME_DIR, 'run'), log)
  const shutDown = async () => {
    await supervisor.stop()
    await release()
  }
  onceAskedToEnd(() => {
    log('Stopping …')
    void shutDown().finally(() => process.exit(0))
  })
  try {
    await stopLeftovers(Object.values(foldersOf(settings.RUNTIME_DIR)), log)
    await assertPortsFree(settings)
    await prepare()
    await startStack({ root: ROOT, settings, supervisor, log })
    await waitUntilReady(settings)
    log(`Ready: https://${settings.PUBLIC_HOST}:${settings.PORT}/login`)
  } catch (error) {
    await shutDown()
    throw error
  }
}

/** Two stacks of one clone must not install or build at the same time. */
async function prepare() {
  await withLock(join(ROOT, '.runtime/prepare.lock'), async () => {
    await ensurePackages(ROOT, log)
    await ensureBuild(ROOT, log)
  })
}
