// @ts-check
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dockerfileOf } from './read.mjs'

/** @typedef {import('./read.mjs').Stack} Stack */

/** The value of a line in one of Asterisk's files. @param {Stack} stack @param {string} file @param {RegExp} pattern */
function settingOf({ root }, file, pattern) {
  return pattern.exec(readFileSync(join(root, 'asterisk-config', file), 'utf8'))?.[1] ?? 'nothing'
}

/** The container's side of what a service publishes, e.g. `5060/udp`. @param {Stack} stack @param {string} name */
function publishedBy({ services }, name) {
  return (services[name]?.ports ?? []).map((entry) => entry.slice(entry.lastIndexOf(':') + 1))
}

/** @param {Stack} stack @param {string} name */
function exposedBy(stack, name) {
  return /^EXPOSE (.+)$/m.exec(dockerfileOf(stack, name))?.[1]?.split(/\s+/) ?? []
}

/** The ports of the containers agree with what the parts listen on. @param {Stack} stack @returns {string[]} */
export function portsAgree(stack) {
  const { environment: app = {} } = stack.services['app'] ?? {}
  const { environment: asterisk = {} } = stack.services['asterisk'] ?? {}
  const http = settingOf(stack, 'http.conf', /^bindport=(\d+)/m)
  const sip = settingOf(stack, 'pjsip.conf', /^bind=[\d.]+:(\d+)/m)
  const published = publishedBy(stack, 'asterisk')
  const exposed = exposedBy(stack, 'asterisk')
  const sound = `${asterisk['RTP_PORTS']}/udp`
  /** @type {[boolean, string][]} */
  const claims = [
    [
      publishedBy(stack, 'app').includes(String(app['PORT'])),
      `The app listens on ${app['PORT']}, which is not published.`,
    ],
    [
      exposedBy(stack, 'app').includes(String(app['PORT'])),
      `docker/app.Dockerfile does not expose ${app['PORT']}.`,
    ],
    [
      app['ARI_URL'] === `http://asterisk:${http}`,
      `ARI_URL is not http://asterisk:${http}, where asterisk-config/http.conf listens.`,
    ],
    [exposed.includes(http), `docker/asterisk.Dockerfile does not expose ${http}.`],
    [
      !published.some((port) => port.startsWith(http)),
      `Asterisk's HTTP (${http}) is published; it must not be.`,
    ],
    [published.includes(`${sip}/udp`), `SIP (${sip}/udp, asterisk-config/pjsip.conf) is not published.`],
    [published.includes(sound), `The sound's ports (${sound}) are not published.`],
    [exposed.includes(sound), `docker/asterisk.Dockerfile does not expose ${sound}.`],
    [(stack.services['redis']?.ports ?? []).length === 0, 'Redis is published; it must not be.'],
  ]
  return claims.filter(([holds]) => !holds).map(([, words]) => words)
}

/** A range of ports keeps its numbers on the way through, or the parties would be told the wrong ones. @param {Stack} stack @returns {string[]} */
export function soundKeepsItsPorts({ services }) {
  return (services['asterisk']?.ports ?? [])
    .filter((entry) => entry.split('/')[0]?.split(':')[0] !== entry.split('/')[0]?.split(':')[1])
    .map((entry) => `Asterisk's ${entry} has another number outside than inside.`)
}
