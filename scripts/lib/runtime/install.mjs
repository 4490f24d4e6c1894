// @ts-check
import { readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { downloadPackages, unpackPackages } from './debian.mjs'
import { withLock } from './lock.mjs'
import { bundledPrograms, findPrograms } from './programs.mjs'

/**
 * The real parts that need no installation and no root: Asterisk 22 and Valkey, either this machine's own or Debian's packages
 * unpacked below RUNTIME_DIR/root. The downloads lie in RUNTIME_DIR/cache until they are unpacked; with
 * TSUNAGU_RUNTIME_CACHE naming a folder they are kept there and shared by all clones on the machine.
 *
 * @typedef {import('./programs.mjs').Programs} Programs
 * @typedef {object} Runtime
 * @property {string} dir
 * @property {Programs['asterisk']} asterisk
 * @property {Programs['valkey']} valkey
 *
 * @typedef {(line: string) => void} Log
 */

const ASTERISK = ['asterisk', 'asterisk-core-sounds-en-gsm', 'asterisk-moh-opsound-wav']
const VALKEY = ['valkey-server']
/** Counted up whenever what an earlier version of this file unpacked would not do. */
const RECIPE = `recipe-1-${process.arch}`

/** @param {{ runtimeDir: string, log: Log }} options @returns {Promise<Runtime>} */
export async function installRuntime({ runtimeDir, log }) {
  const dir = resolve(runtimeDir)
  const root = join(dir, 'root')
  return withLock(join(dir, 'install.lock'), async () => {
    // What is unpacked stays in use: data written by our Valkey may be unreadable for an older Redis installed meanwhile.
    const unpacked = await unpackedPackages(root)
    const own = await findPrograms()
    const packages = [...(own.asterisk ? [] : ASTERISK), ...(own.valkey ? [] : VALKEY)]
    const missing = packages.some((name) => !unpacked.includes(name))
    if (missing) await installRoot(dir, packages, log)
    const bundled = bundledPrograms(root)
    const chosen = { ...bundled, ...own }
    if (!missing && unpacked.includes('asterisk')) chosen.asterisk = bundled.asterisk
    if (!missing && unpacked.includes('valkey-server')) chosen.valkey = bundled.valkey
    return { dir, ...chosen }
  })
}

/** What a finished installation holds; nothing where the recipe was another. @param {string} root */
async function unpackedPackages(root) {
  const [recipe, ...packages] = (await readFile(join(root, '.complete'), 'utf8').catch(() => '')).split(' ')
  return recipe === RECIPE ? packages : []
}

/** @param {string} dir @param {string[]} packages @param {Log} log */
async function installRoot(dir, packages, log) {
  const root = join(dir, 'root')
  log(`Installing the private runtime below ${root} (once, about 110 MB): ${packages.join(', ')}`)
  const files = await downloadPackages({ dir, packages, log })
  const fresh = join(dir, 'root.new')
  await rm(fresh, { recursive: true, force: true })
  await unpackPackages({ files, root: fresh, log })
  // What the package's own installation script would have done: the language `en` is the one set of voices there is.
  if (packages.includes('asterisk')) {
    await symlink('en_US_f_Allison', join(fresh, 'usr/share/asterisk/sounds/en'))
  }
  await writeFile(join(fresh, '.complete'), [RECIPE, ...packages].join(' '))
  await rm(root, { recursive: true, force: true })
  await rename(fresh, root)
  await rm(join(dir, 'cache'), { recursive: true, force: true })
  log('The private runtime is installed.')
}
