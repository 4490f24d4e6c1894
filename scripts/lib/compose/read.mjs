// @ts-check
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

/**
 * @typedef {object} Service
 * @property {string} [image]
 * @property {{ context: string, dockerfile: string }} [build]
 * @property {Record<string, string | number>} [environment]
 * @property {string[]} [ports]
 * @property {string[]} [volumes]
 * @property {object} [healthcheck]
 * @property {Record<string, unknown>} [depends_on]
 *
 * @typedef {object} Stack
 * @property {string} root
 * @property {Record<string, Service>} services
 * @property {string[]} volumes                     declared ones
 * @property {Mention[]} mentions                   every ${VARIABLE} of docker-compose.yml
 * @property {Record<string, string>} example       .env.example; what is commented out there begins with '#'
 *
 * @typedef {{ name: string, kind: 'required' | 'default' | 'plain', fallback: string }} Mention
 */

/** Everything that has a say in the container stack. @param {string} root @returns {Stack} */
export function readStack(root) {
  const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8')
  const { services, volumes } = parse(text)
  return {
    root,
    services,
    volumes: Object.keys(volumes ?? {}),
    mentions: mentionsIn(text),
    example: readExample(readFileSync(join(root, '.env.example'), 'utf8')),
  }
}

/** @param {string} text @returns {Mention[]} */
export function mentionsIn(text) {
  return [...text.matchAll(/(?<!\$)\$\{([A-Z_]+)(?:(:[-?])([^}]*))?\}/g)].map(
    ([, name = '', sign, fallback = '']) => ({
      name,
      kind: sign === ':?' ? 'required' : sign === ':-' ? 'default' : 'plain',
      fallback,
    }),
  )
}

/** @param {string} text */
function readExample(text) {
  const lines = [...text.matchAll(/^(#?)([A-Z_]+)=(.*)$/gm)]
  return Object.fromEntries(lines.map(([, comment, name, value]) => [name, `${comment}${value}`]))
}

/** The Dockerfile of a service, '' for one with an image. @param {Stack} stack @param {string} name */
export function dockerfileOf({ root, services }, name) {
  const path = services[name]?.build?.dockerfile
  return path && existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : ''
}
