// @ts-check
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Fault, runCommand } from './lib/fault.mjs'
import { endAll, onceAskedToEnd } from './lib/processes.mjs'
import { runShown } from './lib/run-tool.mjs'
import { withLock } from './lib/runtime/lock.mjs'
import { installRuntime } from './lib/runtime/index.mjs'
import { ensureBuild } from './lib/start/build.mjs'
import { assertNode, ensurePackages } from './lib/start/npm-packages.mjs'
import { ensureChromium } from './lib/test/chromium.mjs'
import { countsOf } from './lib/test/counts.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')
const REPORTS = join(ROOT, '.runtime/reports')
const log = (/** @type {string} */ line) => console.log(line)

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {string[]} args                  of npm
 * @property {string} [report]                where it writes its counts
 * @property {() => Promise<NodeJS.ProcessEnv | void>} [prepare]
 */

/** @type {Stage[]} */
const STAGES = [
  { name: 'lint', args: ['run', 'lint'] },
  { name: 'types', args: ['run', 'types'] },
  vitest('unit'),
  { ...vitest('integration'), prepare: runtime },
  { name: 'build', args: [], prepare: () => ensureBuild(ROOT, log) },
  {
    name: 'e2e',
    args: ['run', 'e2e'],
    report: join(REPORTS, 'e2e.json'),
    prepare: async () => ({
      CHROMIUM_PATH: await ensureChromium({ root: ROOT, log }),
      TEST_REPORT: join(REPORTS, 'e2e.json'),
    }),
  },
]

await runCommand(test)

/** `npm test`: everything, from a bare clone. Every stage runs, whatever the earlier ones said. */
async function test() {
  assertNode()
  let asked = false
  onceAskedToEnd(() => {
    asked = true
    void endAll().finally(() => process.exit(1))
  })
  await withLock(join(ROOT, '.runtime/prepare.lock'), () => ensurePackages(ROOT, log))
  await rm(REPORTS, { recursive: true, force: true })
  await mkdir(REPORTS, { recursive: true })
  const total = { passed: 0, failed: 0 }
  for (const stage of STAGES) {
    const { passed, failed } = await runStage(stage)
    // Asked to end: no further stage, and no verdict; the process ends as soon as the others have.
    if (asked) return await new Promise(() => undefined)
    log(`\n${stage.name}: ${passed} passed, ${failed} failed`)
    total.passed += passed
    total.failed += failed
  }
  log(`\n${total.passed} passed, ${total.failed} failed`)
  return total.failed === 0 && total.passed > 0 ? 0 : 1
}

/** @param {Stage} stage */
async function runStage({ name, args, report, prepare }) {
  log(`\n── ${name}`)
  try {
    const env = { ...process.env, ...(await prepare?.()) }
    const code = args.length === 0 ? 0 : await runShown('npm', ['--silent', ...args], { cwd: ROOT, env })
    return await countsOf({ report, code })
  } catch (error) {
    // What could not be prepared is told, counts as a failure, and does not keep the other stages from running.
    log(error instanceof Fault ? error.message : String(error))
    return { passed: 0, failed: 1 }
  }
}

/** @param {'unit' | 'integration'} project @returns {Stage} */
function vitest(project) {
  const report = join(REPORTS, `${project}.json`)
  return {
    name: project,
    args: ['run', project, '--', '--reporter=default', '--reporter=json', `--outputFile=${report}`],
    report,
  }
}

async function runtime() {
  await installRuntime({ runtimeDir: join(ROOT, '.runtime'), log })
}
