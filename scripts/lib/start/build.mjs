// @ts-check
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { npm } from './npm-packages.mjs'

const SOURCES = [
  'backend',
  'frontend',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'scripts/copy-lua.mjs',
  'scripts/lib/manual',
  'docs/manual',
]
const NOT_SOURCES = new Set(['node_modules', 'dist', 'test', 'coverage'])
const RESULTS = ['backend/contract/dist/index.js', 'backend/dist/main.js', 'frontend/dist/index.html']

/** Builds, unless the last build was made of the very same files. @param {string} root @param {(line: string) => void} log */
export async function ensureBuild(root, log) {
  const stamp = join(root, 'node_modules/.cache/tsunagu/built')
  const hash = await hashOfSources(root)
  const same = (await readFile(stamp, 'utf8').catch(() => '')) === hash
  if (same && RESULTS.every((path) => existsSync(join(root, path)))) return
  log('Building (npm run build) …')
  await npm(root, ['run', 'build'], { what: 'The build', advice: 'The compiler tells more above.' })
  await mkdir(dirname(stamp), { recursive: true })
  await writeFile(stamp, hash)
}

/** @param {string} root */
async function hashOfSources(root) {
  const hash = createHash('sha256')
  for (const source of SOURCES) {
    for (const file of await filesOf(root, source))
      hash.update(`${file}\n`).update(await readFile(join(root, file)))
  }
  return hash.digest('hex')
}

/** All files below a path, in a fixed order. @param {string} root @param {string} path @returns {Promise<string[]>} */
async function filesOf(root, path) {
  const entries = await readdir(join(root, path), { withFileTypes: true }).catch(() => undefined)
  if (!entries) return existsSync(join(root, path)) ? [path] : []
  const wanted = entries.filter(({ name }) => !NOT_SOURCES.has(name) && !name.endsWith('.tsbuildinfo'))
  const names = wanted.map(({ name }) => name).sort()
  return (await Promise.all(names.map((name) => filesOf(root, join(path, name))))).flat()
}
