// @ts-check
import { access, constants } from 'node:fs/promises'
import { Fault } from '../fault.mjs'
import { onPath } from '../runtime/programs.mjs'
import { runShown } from '../run-tool.mjs'

/**
 * The browser of the end-to-end tests: CHROMIUM_PATH, else one on PATH, else Debian's is installed where we may.
 * @param {{ root: string, log: (line: string) => void }} options @returns {Promise<string>} its path
 */
export async function ensureChromium({ root, log }) {
  const given = process.env['CHROMIUM_PATH']
  if (given) {
    const usable = await access(given, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (!usable) throw new Fault(`CHROMIUM_PATH names ${given}, which is no program.`)
    return given
  }
  return (await onPath('chromium')) ?? (await installChromium(root, log))
}

/** @param {string} cwd @param {(line: string) => void} log */
async function installChromium(cwd, log) {
  const advice =
    'Install Chromium (Debian: apt-get install chromium fonts-noto-cjk), or name a Chromium or Chrome in CHROMIUM_PATH.'
  if (process.getuid?.() !== 0 || !(await onPath('apt-get'))) {
    throw new Fault('The end-to-end tests need Chromium, and there is none on PATH.', advice)
  }
  log('Installing Chromium for the end-to-end tests (apt-get) …')
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const updated = await runShown('apt-get', ['-q', 'update'], { cwd, env })
  const packages = ['chromium', 'fonts-noto-cjk']
  const code = updated || (await runShown('apt-get', ['-q', '-y', 'install', ...packages], { cwd, env }))
  const path = await onPath('chromium')
  if (code !== 0 || !path) throw new Fault('Installing Chromium failed; apt-get tells more above.', advice)
  return path
}
