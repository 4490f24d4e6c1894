// @ts-check
import { execFile } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * How a program is called: the command and the arguments before its own.
 * @typedef {object} Program
 * @property {string} command
 * @property {string[]} args
 *
 * Asterisk's modules and data lie below the root it was unpacked to; one of the system's own knows where they are.
 * @typedef {Program & { folders?: { modules: string, data: string } }} AsteriskProgram
 *
 * @typedef {object} Programs
 * @property {AsteriskProgram} asterisk
 * @property {Program} valkey
 */

/** Debian's names of an architecture: the folder of its libraries and its loader. */
const ARCHITECTURES = /** @type {Record<string, { libraries: string, loader: string }>} */ ({
  x64: { libraries: 'x86_64-linux-gnu', loader: 'usr/lib64/ld-linux-x86-64.so.2' },
  arm64: { libraries: 'aarch64-linux-gnu', loader: 'usr/lib/ld-linux-aarch64.so.1' },
})

/** The folder of the libraries below a root; undefined where Debian's packages would not run. */
export function architecture() {
  return process.platform === 'linux' ? ARCHITECTURES[process.arch] : undefined
}

/** The oldest versions that will do. Asterisk: endpoints pushed through ARI, channel variables in its lists. */
const OLDEST = { asterisk: [20, 14], server: [6, 2] }

/** What this machine has of its own. @returns {Promise<Partial<Programs>>} */
export async function findPrograms() {
  const asterisk = await recent('asterisk', '-V', OLDEST.asterisk)
  const server =
    (await recent('valkey-server', '--version', OLDEST.server)) ??
    (await recent('redis-server', '--version', OLDEST.server))
  return { ...(asterisk ? { asterisk } : {}), ...(server ? { valkey: server } : {}) }
}

/** The unpacked programs run on their own C library, so the bundle's own loader starts them. @param {string} root @returns {Programs} */
export function bundledPrograms(root) {
  const { libraries, loader } = architecture() ?? { libraries: '', loader: '' }
  const path = join(root, 'usr/lib', libraries)
  const loaded = (/** @type {string} */ binary) => ({
    command: join(root, loader),
    args: ['--library-path', `${path}:${join(path, 'asterisk')}`, join(root, binary)],
  })
  const folders = { modules: join(path, 'asterisk/modules'), data: join(root, 'usr/share/asterisk') }
  return { asterisk: { ...loaded('usr/sbin/asterisk'), folders }, valkey: loaded('usr/bin/valkey-server') }
}

/** @param {string} name @returns {Promise<string | undefined>} */
export async function onPath(name) {
  // An ordinary user's PATH often lacks /usr/sbin, where Debian puts Asterisk.
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  for (const folder of folders.filter(Boolean)) {
    const path = join(folder, name)
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return path
  }
  return undefined
}

/** @param {string} name @param {string} flag @param {number[]} oldest @returns {Promise<Program | undefined>} */
async function recent(name, flag, oldest) {
  const command = await onPath(name)
  if (!command) return undefined
  const { stdout } = await run(command, [flag]).catch(() => ({ stdout: '' }))
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(stdout) ?? []
  const [atLeast = 0, andMinor = 0] = oldest
  const enough = Number(major) > atLeast || (Number(major) === atLeast && Number(minor) >= andMinor)
  return enough ? { command, args: [] } : undefined
}
