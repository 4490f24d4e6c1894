// @ts-check
import { chmod, chown, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join, resolve } from 'node:path'
import { runTool } from '../run-tool.mjs'
import { downloadPackages, unpackPackages } from './debian.mjs'
import { withLock } from './lock.mjs'
import { startPart } from './part.mjs'
import { architecture, onPath } from './programs.mjs'

/** @typedef {import('./install.mjs').Log} Log */
/** Where its programs are. @typedef {{ bin: string }} Postgres */

/** Counted up whenever what an earlier version of this file unpacked would not do. */
const RECIPE = `postgres-1-${process.arch}`
/** Where Debian puts the programs that are not on anybody's PATH. */
const DEBIAN_BIN = 'usr/lib/postgresql'
/** It refuses to work as root, who then lends it another user. */
const NOBODY = 65_534

/**
 * A PostgreSQL for the tests: this machine's own, or Debian's package unpacked below RUNTIME_DIR/postgres. `npm start` needs none.
 * @param {{ runtimeDir: string, log: Log }} options @returns {Promise<Postgres>}
 */
export async function installPostgres({ runtimeDir, log }) {
  const own = (await onPath('initdb')) && (await onPath('postgres'))
  if (own) return { bin: join(own, '..') }
  const system = await newestBin('/')
  if (system) return { bin: system }
  const dir = join(resolve(runtimeDir), 'postgres')
  return withLock(`${dir}.lock`, async () => {
    const root = join(dir, 'root')
    if ((await readFile(join(root, '.complete'), 'utf8').catch(() => '')) !== RECIPE) await unpack(dir, log)
    return { bin: (await newestBin(root)) ?? root }
  })
}

/** @param {string} root @returns {Promise<string | undefined>} */
async function newestBin(root) {
  const versions = await readdir(join(root, DEBIAN_BIN)).catch(() => [])
  const newest = versions
    .map(Number)
    .filter(Boolean)
    .sort((a, b) => b - a)[0]
  return newest === undefined ? undefined : join(root, DEBIAN_BIN, String(newest), 'bin')
}

/** @param {string} dir @param {Log} log */
async function unpack(dir, log) {
  const root = join(dir, 'root')
  log(`Installing PostgreSQL for the tests below ${root} (once, 280 MB)`)
  await mkdir(dir, { recursive: true })
  const files = await downloadPackages({ dir, packages: ['postgresql'], log })
  const fresh = join(dir, 'root.new')
  await rm(fresh, { recursive: true, force: true })
  await unpackPackages({ files, root: fresh, log })
  const bin = (await newestBin(fresh)) ?? fresh
  for (const name of ['initdb', 'postgres']) await wrap(join(bin, name), { fresh, root })
  await writeFile(join(fresh, '.complete'), RECIPE)
  await rm(root, { recursive: true, force: true })
  await rename(fresh, root)
  await rm(join(dir, 'cache'), { recursive: true, force: true })
}

/**
 * Debian's programs run on their own C library. initdb calls postgres by itself and both find their files from where they are,
 * so what starts them with the bundle's loader stands in their place, under their name.
 * @param {string} program @param {{ fresh: string, root: string }} roots  where it is unpacked, and where it will be
 */
async function wrap(program, { fresh, root }) {
  const { libraries, loader } = architecture() ?? { libraries: '', loader: '' }
  const final = program.replace(fresh, root)
  await rename(program, `${program}.real`)
  const path = join(root, 'usr/lib', libraries)
  const start = `exec '${join(root, loader)}' --library-path '${path}' --argv0 '${final}' '${final}.real' "$@"`
  await writeFile(program, `#!/bin/sh\n${start}\n`)
  await chmod(program, 0o755)
}

/**
 * An empty PostgreSQL on loopback, whose data lie in `dir`; everybody on the machine may log in, so only for tests.
 * @param {{ postgres: Postgres, dir: string, port: number }} options
 */
export async function startPostgres({ postgres: { bin }, dir, port }) {
  const data = join(dir, 'data')
  const isRoot = process.getuid?.() === 0
  await mkdir(dir, { recursive: true })
  if (isRoot) await chown(dir, NOBODY, NOBODY)
  const lent = isRoot ? ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'] : []
  /** @param {string[]} words */
  const called = (...words) => {
    const [command = '', ...args] = [...lent, ...words]
    return { command, args }
  }
  const made = await readdir(data).catch(() => [])
  if (made.length === 0) {
    const options = ['--username=tsunagu', '--auth=trust', '--encoding=UTF8', '--no-locale', '--no-sync']
    const { command, args } = called(join(bin, 'initdb'), `--pgdata=${data}`, ...options)
    await runTool(command, args, { what: 'Making a database for the tests (initdb)' })
  }
  const options = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', dir, '-c', 'fsync=off']
  return startPart({
    name: 'postgres',
    dir,
    ...called(join(bin, 'postgres'), ...options),
    whyNotReady: () => whyNotReady(port),
  })
}

/** It speaks once it answers a request for encryption, whatever it says. @param {number} port @returns {Promise<string>} */
function whyNotReady(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])))
    socket.setTimeout(1000, () => socket.destroy(new Error('no answer')))
    socket.once('error', (error) => resolve(error.message))
    socket.once('data', () => {
      resolve('')
      socket.destroy()
    })
  })
}
