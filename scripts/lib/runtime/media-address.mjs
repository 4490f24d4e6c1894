// @ts-check
import { createSocket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { hostname, networkInterfaces } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * The addresses of the two sides' sound.
 * @typedef {object} Media
 * @property {string} trunk      Where SIP and sound of the trunk are bound.
 * @property {string} browsers   Where the sound of the browsers is bound.
 * @property {string} [mapped]   The address the world sees, where none of this machine's own is it.
 */

/**
 * Asterisk bound to no address in particular looks up this machine's own name once per call, and where that name does not
 * resolve each call waits 5 s for it. So it is bound to all addresses only where the name resolves.
 * @param {string} carrier @param {string} publicHost @returns {Promise<Media>}
 */
export async function mediaOf(carrier, publicHost) {
  const everywhere = (await resolves(hostname())) ? '0.0.0.0' : undefined
  const seen = await addressOf(publicHost)
  const own = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address))
  const trunk = isLoopback(carrier) ? '127.0.0.1' : (everywhere ?? (await routeTo(carrier)))
  if (!seen || isLoopback(seen)) return { trunk, browsers: '127.0.0.1' }
  if (own.includes(seen)) return { trunk, browsers: everywhere ?? seen }
  return { trunk, browsers: everywhere ?? (await routeTo(carrier)), mapped: seen }
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
