// @ts-check
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { VARIABLES } from '../environment.mjs'
import { dockerfileOf } from './read.mjs'

/** @typedef {import('./read.mjs').Stack} Stack */
/** @typedef {(stack: Stack) => string[]} Check  What is wrong, each in a sentence. */

/** @type {Check} */
function variablesAreExplained({ mentions, example }) {
  const unexplained = mentions
    .filter(({ name }) => !(name in example))
    .map(({ name }) => `docker-compose.yml wants ${name}, which .env.example does not mention.`)
  const unused = Object.keys(example)
    .filter((name) => mentions.every((mention) => mention.name !== name))
    .map((name) => `.env.example mentions ${name}, which docker-compose.yml does not use.`)
  const optional = mentions
    .filter(({ name, kind }) => kind === 'required' && example[name]?.startsWith('#'))
    .map(({ name }) => `${name} is required, but commented out in .env.example.`)
  const plain = mentions
    .filter(({ kind }) => kind === 'plain')
    .map(({ name }) => `${name} has neither a default nor words for when it is missing.`)
  return [...unexplained, ...unused, ...optional, ...plain]
}

/** @type {Check} */
function variablesAreKnown({ root, services }) {
  const backend = readFileSync(join(root, 'backend/src/config.ts'), 'utf8')
  const entrypoint = readFileSync(join(root, 'docker/asterisk-entrypoint.sh'), 'utf8')
  const app = Object.keys(services['app']?.environment ?? {})
  const asterisk = Object.keys(services['asterisk']?.environment ?? {})
  return [
    ...app
      .filter((name) => !(name in VARIABLES))
      .map((name) => `scripts/lib/environment.mjs does not know the app's ${name}.`),
    ...app
      .filter((name) => !new RegExp(`\\b${name}:`).test(backend))
      .map((name) => `backend/src/config.ts does not know ${name}.`),
    ...asterisk
      .filter((name) => !new RegExp(`\\$\\{?${name}\\b`).test(entrypoint))
      .map((name) => `docker/asterisk-entrypoint.sh does not use ${name}.`),
  ]
}

/** @type {Check} */
function secretsHaveNoDefault({ mentions, services, example }) {
  const secret = /PASSWORD|SECRET/
  const soft = mentions
    .filter(({ name, kind }) => secret.test(name) && kind !== 'required')
    .map(({ name }) => `${name} must be required (\${${name}:?…}), not have a default.`)
  const written = Object.entries(services).flatMap(([service, { environment = {} }]) =>
    Object.entries(environment)
      .filter(([name, value]) => secret.test(name) && !String(value).startsWith('${'))
      .map(([name]) => `${service} has ${name} written into docker-compose.yml.`),
  )
  const given = Object.entries(example)
    .filter(([name, value]) => secret.test(name) && value.replace('#', '') !== '')
    .map(([name]) => `.env.example gives ${name} a value.`)
  return [...soft, ...written, ...given]
}

/** @type {Check} */
function filesExist(stack) {
  const { root, services, volumes } = stack
  return Object.entries(services).flatMap(([name, service]) => {
    const mounts = (service.volumes ?? []).map((entry) => entry.split(':')[0] ?? '')
    const bound = mounts.filter((source) => source.startsWith('.') && !existsSync(join(root, source)))
    const undeclared = mounts.filter((source) => !source.startsWith('.') && !volumes.includes(source))
    const dockerfile = service.build?.dockerfile
    return [
      ...bound.map((source) => `${name} mounts ${source}, which does not exist.`),
      ...undeclared.map((source) => `${name} mounts the volume ${source}, which is not declared.`),
      ...(dockerfile && !existsSync(join(root, dockerfile))
        ? [`${name} is built from ${dockerfile}, which does not exist.`]
        : []),
      ...copiedFrom(dockerfileOf(stack, name))
        .filter((source) => !isThere(root, source))
        .map((source) => `${dockerfile} copies ${source}, which does not exist.`),
    ]
  })
}

/** What COPY takes from the repository; not from another stage. @param {string} dockerfile */
export function copiedFrom(dockerfile) {
  const lines = [...dockerfile.matchAll(/^COPY (?!--from)(.+)$/gm)]
  return lines.flatMap(([, words = '']) => words.trim().split(/\s+/).slice(0, -1))
}

/** A path as COPY has it, with at most one star. @param {string} root @param {string} source */
function isThere(root, source) {
  const [start = '', end] = basename(source).split('*')
  if (end === undefined) return existsSync(join(root, source))
  return readdirSync(join(root, dirname(source))).some((name) => name.startsWith(start) && name.endsWith(end))
}

/** @type {Check} */
function volumesAreUsed({ services, volumes }) {
  const used = Object.values(services).flatMap((service) =>
    (service.volumes ?? []).map((entry) => entry.split(':')[0]),
  )
  return volumes
    .filter((name) => !used.includes(name))
    .map((name) => `The volume ${name} is declared and not used.`)
}

/** @type {Check} */
function everyPartHasItsHealth(stack) {
  const sources = join(stack.root, 'backend/src')
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  )
  const backend = files.map((path) => readFileSync(join(sources, path), 'utf8'))
  return Object.entries(stack.services).flatMap(([name, { healthcheck, depends_on: needed = {} }]) => {
    const dockerfile = dockerfileOf(stack, name)
    const asked = [...dockerfile.matchAll(/path: '([^']+)'/g)].map(([, path = '']) => path)
    return [
      ...(healthcheck || /^HEALTHCHECK /m.test(dockerfile) ? [] : [`${name} has no health check.`]),
      ...asked
        .filter((path) => !backend.some((text) => text.includes(`'${path}'`)))
        .map((path) => `The backend has no ${path}.`),
      ...Object.keys(needed)
        .filter((other) => !(other in stack.services))
        .map((other) => `${name} waits for ${other}, which is no service.`),
    ]
  })
}

/** All of them. @type {Check[]} */
export const checks = [
  variablesAreExplained,
  variablesAreKnown,
  secretsHaveNoDefault,
  filesExist,
  volumesAreUsed,
  everyPartHasItsHealth,
]
