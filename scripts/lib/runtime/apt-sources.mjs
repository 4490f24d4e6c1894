// @ts-check
import { access, readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '../fault.mjs'

const SUITE = 'forky'
const KEYRINGS = ['debian-archive-keyring.gpg', 'debian-archive-keyring.pgp'].map((name) =>
  join('/usr/share/keyrings', name),
)
/** Suites of Debian itself; other archives (Ubuntu's, a vendor's) have no suite of ours. */
const DEBIAN_SUITE = /^(bullseye|bookworm|trixie|forky|duke|sid|stable|testing|unstable|oldstable)$/

/**
 * One line for apt: the mirror this machine's own sources name, the suite we need from it, signed by Debian's keyring.
 * @param {string} [etc] @returns {Promise<string>}
 */
export async function debianSource(etc = '/etc/apt') {
  const mirror = await findMirror(etc)
  if (!mirror) {
    throw new Fault(
      "This machine's apt sources name no Debian mirror, from which the private runtime could come.",
      'Either install asterisk (20.14 or newer) and valkey-server or redis-server yourself, or run the stack in containers: docker compose up.',
    )
  }
  const keyring = await firstThere(KEYRINGS)
  if (!keyring)
    throw new Fault(
      "Debian's keyring is missing.",
      'Install the package debian-archive-keyring, or run the stack in containers: docker compose up.',
    )
  return `deb [check-valid-until=no signed-by=${keyring}] ${mirror} ${SUITE} main\n`
}

/** @param {string} etc */
async function findMirror(etc) {
  const parts = await readdir(join(etc, 'sources.list.d')).catch(() => [])
  const files = ['sources.list', ...parts.map((name) => join('sources.list.d', name))]
  for (const file of files) {
    const text = await readFile(join(etc, file), 'utf8').catch(() => '')
    const mirror = file.endsWith('.sources') ? mirrorOfStanzas(text) : mirrorOfLines(text)
    if (mirror) return mirror
  }
  return undefined
}

/** The one-line form: `deb [options] URI suite components`. @param {string} text */
export function mirrorOfLines(text) {
  for (const line of text.split('\n')) {
    const [, uri, suite = ''] = /^\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)\s+main\b/.exec(line) ?? []
    if (uri && DEBIAN_SUITE.test(suite)) return uri
  }
  return undefined
}

/** The form in stanzas: `URIs:`, `Suites:`, `Components:`. @param {string} text */
export function mirrorOfStanzas(text) {
  for (const stanza of text.split(/\n\s*\n/)) {
    const field = (/** @type {string} */ name) =>
      new RegExp(`^${name}:\\s*(.+)$`, 'mi').exec(stanza)?.[1]?.trim().split(/\s+/) ?? []
    const [uri] = field('URIs')
    const enabled = field('Enabled')[0]?.toLowerCase() !== 'no'
    if (
      enabled &&
      uri &&
      field('Types').includes('deb') &&
      field('Suites').some((suite) => DEBIAN_SUITE.test(suite))
    )
      return uri
  }
  return undefined
}

/** @param {string[]} paths */
async function firstThere(paths) {
  for (const path of paths) {
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    )
      return path
  }
  return undefined
}
