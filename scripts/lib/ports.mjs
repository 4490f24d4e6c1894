// @ts-check
import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import { codeOf } from './fault.mjs'

/**
 * Why a port cannot be bound, or `''`. Port 0 always can.
 * @param {{ port: number, host: string, protocol: 'tcp' | 'udp' }} wanted @returns {Promise<string>}
 */
export async function whyTaken({ port, host, protocol }) {
  try {
    await (protocol === 'tcp' ? bindTcp(port, host) : bindUdp(port, host))
    return ''
  } catch (error) {
    const code = codeOf(error)
    if (code === 'EADDRINUSE') return 'another program uses it'
    if (code === 'EACCES') return 'only root may use it'
    if (code === 'EADDRNOTAVAIL') return `this machine has no address ${host}`
    return String(error)
  }
}

/** A port that is free now, for tests. @param {'tcp' | 'udp'} [protocol] @param {string} [host] */
export function freePort(protocol = 'tcp', host = '127.0.0.1') {
  return protocol === 'tcp' ? bindTcp(0, host) : bindUdp(0, host)
}

/** @param {number} port @param {string} host @returns {Promise<number>} */
function bindTcp(port, host) {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port))
    })
  })
}

/** @param {number} port @param {string} host @returns {Promise<number>} */
function bindUdp(port, host) {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4')
    socket.once('error', reject)
    socket.bind({ port, address: host, exclusive: true }, () => {
      const bound = socket.address().port
      socket.close(() => resolve(bound))
    })
  })
}
