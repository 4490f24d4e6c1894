// @ts-check
import { createSocket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { hostname, networkInterfaces } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * The addresses of the two sides' sound.
 * @typedef {object} Media
 * @property {{ bind: string, address: string }} trunk  Where SIP and sound of the trunk are bound, and what we call ourselves there.
 * @property {{ bind: string }} browsers                Where the sound of the browsers is bound.
 * @property {{ own: string, seen: string }} [mapped]   The address the world sees, where none of this machine's own is it.
 */

/**
 * Asterisk bound to no address in particular looks up this machine's own name once per call, and where that name does not
 * resolve each call waits 5 s for it. So it is bound to all addresses only where the name resolves.
 * @param {string} carrier @param {string} publicHost @returns {Promise<Media>}
 */
export async function mediaOf(carrier, publicHost) {
  const bindFor = (await resolves(hostname()))
    ? (/** @type {string} */ address) => (isLoopback(address) ? address : '0.0.0.0')
    : (/** @type {string} */ address) => address
  // The carrier's loopback address is not ours: the PBX is 127.0.0.1.
  const toCarrier = isLoopback(carrier) ? '127.0.0.1' : await routeTo(carrier)
  const trunk = { bind: bindFor(toCarrier), address: toCarrier }
  const seen = (await addressOf(publicHost)) ?? '127.0.0.1'
  if (isLoopback(seen)) return { trunk, browsers: { bind: '127.0.0.1' } }
  const own = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address))
  if (own.includes(seen)) return { trunk, browsers: { bind: bindFor(seen) } }
  const toWorld = await routeTo(seen)
  return { trunk, browsers: { bind: bindFor(toWorld) }, mapped: { own: toWorld, seen } }
}

/** @param {string} address */
function isLoopback(address) {
  return address.startsWith('127.') || address === 'localhost'
}

/** @param {string} name */
async function resolves(name) {
  return Promise.race([addressOf(name).then(Boolean), sleep(1000, false)])
}

/** @param {string} name @returns {Promise<string | undefined>} */
async function addressOf(name) {
  const found = await lookup(name, { family: 4 }).catch(() => undefined)
  return found?.address
}

/** The address of ours from which packets to `host` leave; nothing is sent. @param {string} host @returns {Promise<string>} */
function routeTo(host) {
  return new Promise((resolve) => {
    const socket = createSocket('udp4')
    const done = (/** @type {string} */ address) => {
      socket.close()
      resolve(address)
    }
    socket.once('error', () => done('0.0.0.0'))
    socket.connect(9, host, () => done(socket.address().address))
  })
}
