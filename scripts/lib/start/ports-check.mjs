// @ts-check
import { Fault } from '../fault.mjs'
import { whyTaken } from '../ports.mjs'

/** @typedef {import('../environment.mjs').Settings} Settings */
/** @typedef {{ variable: string, port: number, host: string, protocol: 'tcp' | 'udp' }} Wanted */

/** Says all ports that cannot be had, before anything starts. @param {Settings} settings */
export async function assertPortsFree(settings) {
  const found = await Promise.all(
    portsOf(settings).map(async ({ variable, ...wanted }) => {
      const reason = await whyTaken(wanted)
      return (
        reason &&
        `${wanted.protocol.toUpperCase()} port ${wanted.port} on ${wanted.host}: ${reason}. Choose another with ${variable}.`
      )
    }),
  )
  const problems = found.filter(Boolean)
  if (problems.length > 0) throw new Fault(['Not all ports can be had:', ...problems].join('\n  '))
}

/** The ports this stack will bind. @param {Settings} settings @returns {Wanted[]} */
export function portsOf(settings) {
  const { PORT, HOST, REDIS_URL, REDIS_PORT, ARI_URL, ARI_PORT, SIP_PORT, CARRIER, CARRIER_PORT } = settings
  const loopback = '127.0.0.1'
  /** @type {Wanted[]} */
  const wanted = [{ variable: 'PORT', port: PORT, host: HOST, protocol: 'tcp' }]
  if (!REDIS_URL) wanted.push({ variable: 'REDIS_PORT', port: REDIS_PORT, host: loopback, protocol: 'tcp' })
  if (ARI_URL) return wanted
  wanted.push({ variable: 'ARI_PORT', port: ARI_PORT, host: loopback, protocol: 'tcp' })
  const demo = CARRIER === 'demo'
  wanted.push({ variable: 'SIP_PORT', port: SIP_PORT, host: demo ? loopback : '0.0.0.0', protocol: 'udp' })
  if (demo) wanted.push({ variable: 'CARRIER_PORT', port: CARRIER_PORT, host: '127.0.0.2', protocol: 'udp' })
  return wanted
}
