// @ts-check
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '../fault.mjs'
import { runShown } from '../run-tool.mjs'

/** @typedef {{ version?: string, link?: boolean, optional?: boolean }} Locked */

/** The least Node.js that everything here runs on. */
const NODE = [20, 19]

/** @param {string} [version] */
export function assertNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [least = 0, andMinor = 0] = NODE
  if (major > least || (major === least && minor >= andMinor)) return
  throw new Fault(
    `Node.js ${version} is too old; ${NODE.join('.')} or newer is needed.`,
    'Install the current LTS release of Node.js.',
  )
}

/**
 * Runs `npm ci` where node_modules is missing or not what package-lock.json says.
 * @param {string} root @param {(line: string) => void} log
 */
export async function ensurePackages(root, log) {
  if (await packagesAreThere(root)) return
  log('Installing npm packages (npm ci), about half a minute …')
  await npm(root, ['ci', '--include=dev', '--no-audit', '--no-fund'], {
    what: 'npm ci',
    advice: 'Is this machine on the network? Try again then; npm tells more above.',
  })
}

/** npm writes what it installed into node_modules/.package-lock.json. @param {string} root */
async function packagesAreThere(root) {
  const [wanted, there] = await Promise.all([
    readPackages(join(root, 'package-lock.json')),
    readPackages(join(root, 'node_modules/.package-lock.json')),
  ])
  return Object.entries(wanted).every(([path, entry]) => {
    // What npm leaves out: ourselves, links to ourselves, and optional packages for other systems.
    if (!path.startsWith('node_modules/') || entry.link || entry.optional) return true
    return there[path]?.version === entry.version
  })
}

/** @param {string} path @returns {Promise<Record<string, Locked>>} */
async function readPackages(path) {
  const text = await readFile(path, 'utf8').catch(() => '{}')
  return JSON.parse(text).packages ?? {}
}

/**
 * Runs npm with its output shown.
 * @param {string} root @param {string[]} args @param {{ what: string, advice: string }} words
 */
export async function npm(root, args, { what, advice }) {
  // npm itself, when it is npm that runs us; its name alone is not enough on every system.
  const own = process.env['npm_execpath']
  const code = own
    ? await runShown(process.execPath, [own, ...args], { cwd: root })
    : await runShown('npm', args, { cwd: root })
  if (code !== 0) throw new Fault(`${what} failed (exit code ${code}).`, advice)
}
