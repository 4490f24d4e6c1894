// @ts-check
import { copyFile, mkdir, readdir, rename, statfs, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { basename, join } from 'node:path'
import { Fault } from '../fault.mjs'
import { debianSource } from './apt-sources.mjs'
import { architecture, onPath } from './programs.mjs'
import { runTool } from '../run-tool.mjs'

/** @typedef {import('./install.mjs').Log} Log */

const DOCKER = 'On such a system the stack runs in containers: docker compose up (see the README).'
const NEEDED_BYTES = 700e6
const INSTALL = ['install', '--yes', '--no-install-recommends']

/**
 * Fetches Debian packages with everything they need, touching nothing of the machine's own apt: its folders are below `dir`, and it
 * believes that nothing is installed yet. Needs no root.
 * @param {{ dir: string, packages: string[], log: Log }} options @returns {Promise<string[]>} the .deb files
 */
export async function downloadPackages({ dir, packages, log }) {
  await assertPossible(dir)
  const archives = join(dir, 'cache/archives')
  await mkdir(join(archives, 'partial'), { recursive: true })
  const config = await writeAptConfig(dir)
  await fillFrom(process.env['TSUNAGU_RUNTIME_CACHE'], archives)
  log('  reading the list of packages …')
  await apt(config, ['update'])
  const files = await plannedFiles(config, packages)
  await download({ config, packages, log })
  await fillFrom(archives, process.env['TSUNAGU_RUNTIME_CACHE'])
  return files.map((name) => join(archives, name))
}

/** @param {{ files: string[], root: string, log: Log }} options */
export async function unpackPackages({ files, root, log }) {
  await mkdir(root, { recursive: true })
  const waiting = [...files]
  let done = 0
  const worker = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      await runTool('dpkg', ['-x', file, root], { what: `Unpacking ${basename(file)}` })
      if (++done % 40 === 0) log(`  ${done} of ${files.length} packages unpacked …`)
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, worker))
}

/** @param {string} dir */
async function assertPossible(dir) {
  if (!architecture())
    throw new Fault(`There is no private Asterisk for ${process.platform}/${process.arch}.`, DOCKER)
  for (const tool of ['apt-get', 'dpkg']) {
    if (!(await onPath(tool)))
      throw new Fault(`The private runtime is made of Debian packages, and ${tool} is missing here.`, DOCKER)
  }
  const { bavail, bsize } = await statfs(dir)
  if (bavail * bsize < NEEDED_BYTES) {
    throw new Fault(
      `The disk of ${dir} has ${Math.round((bavail * bsize) / 1e6)} MB left; the private runtime needs 700 MB.`,
      'Free some space, or set RUNTIME_DIR to a folder on another disk.',
    )
  }
}

/** @param {string} dir @returns {Promise<string>} the configuration file's path */
async function writeAptConfig(dir) {
  const own = join(dir, 'apt')
  await mkdir(join(own, 'lists/partial'), { recursive: true })
  await writeFile(join(own, 'status'), '')
  await writeFile(join(own, 'sources.list'), await debianSource(), { mode: 0o600 })
  const config = join(own, 'apt.conf')
  await writeFile(
    config,
    `Dir::State "${own}";
Dir::State::lists "${own}/lists";
Dir::State::status "${own}/status";
Dir::Cache "${dir}/cache";
Dir::Cache::archives "${dir}/cache/archives";
Dir::Etc::sourcelist "${own}/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
APT::Sandbox::User "";
APT::Update::Error-Mode "any";
APT::Architecture "${process.arch === 'arm64' ? 'arm64' : 'amd64'}";
Debug::NoLocking "1";
Acquire::Languages "none";
Acquire::Retries "3";
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear DPkg::Post-Invoke;
`,
  )
  return config
}

/**
 * The file names of all packages needed. Asked with an empty cache, because apt leaves out what it has.
 * @param {string} config @param {string[]} packages
 */
async function plannedFiles(config, packages) {
  const plan = await apt(config, [
    ...INSTALL,
    '--print-uris',
    '-o',
    'Dir::Cache::archives=/nonexistent',
    ...packages,
  ])
  return [...plan.matchAll(/^'\S+' (\S+\.deb) /gm)].map(([, name = '']) => name)
}

/** @param {{ config: string, packages: string[], log: Log }} options */
async function download({ config, packages, log }) {
  let got = 0
  await apt(config, [...INSTALL, '--download-only', ...packages], (line) => {
    if (line.startsWith('Get:') && ++got % 40 === 0) log(`  ${got} packages downloaded …`)
  })
}

/** @param {string} config @param {string[]} args @param {(line: string) => void} [onLine] */
function apt(config, args, onLine) {
  const advice =
    'Is this machine on the network, and does its own "apt-get update" work? Try again then: what is there already is kept.'
  return runTool('apt-get', ['-q', '-c', config, ...args], {
    what: `Downloading Debian packages (apt-get ${args[0]})`,
    advice,
    onLine,
  })
}

/** Copies the packages that `to` lacks; whole files only, since another clone may read them at once. @param {string | undefined} from @param {string | undefined} to */
async function fillFrom(from, to) {
  if (!from || !to) return
  await mkdir(to, { recursive: true })
  const [there, here] = await Promise.all([readdir(from).catch(() => []), readdir(to)])
  for (const name of there.filter((entry) => entry.endsWith('.deb') && !here.includes(entry))) {
    await copyFile(join(from, name), join(to, `${name}.${process.pid}`))
    await rename(join(to, `${name}.${process.pid}`), join(to, name))
  }
}
