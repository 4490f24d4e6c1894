// @ts-check
import { randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'

/** @typedef {{ host: string, port: number, user: string, password: string }} AriAddress */

/** ARI answers 503 until everything is loaded, so one good answer says it all. @param {AriAddress} ari @returns {Promise<string>} */
export async function whyAriNotReady({ host, port, user, password }) {
  const headers = { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` }
  try {
    const answer = await fetch(`http://${host}:${port}/ari/asterisk/info`, {
      headers,
      signal: AbortSignal.timeout(2000),
    })
    await answer.arrayBuffer()
    return answer.ok ? '' : `ARI answers ${answer.status}`
  } catch (error) {
    return `ARI does not answer (${error instanceof Error && error.cause ? error.cause : error})`
  }
}

/**
 * Sends OPTIONS: whoever listens answers something, be it a refusal.
 * @param {{ host: string, port: number, from?: string }} peer @returns {Promise<string>}
 */
export function whySipNotReady({ host, port, from = '127.0.0.1' }) {
  return new Promise((resolve) => {
    const socket = createSocket('udp4')
    const done = (/** @type {string} */ reason) => {
      clearTimeout(timer)
      socket.close()
      resolve(reason)
    }
    const timer = setTimeout(() => done(`SIP does not answer on ${host}:${port}`), 500)
    socket.once('message', () => done(''))
    socket.once('error', (error) => done(error.message))
    socket.bind(0, from, () =>
      socket.send(optionsRequest(host, port, `${from}:${socket.address().port}`), port, host),
    )
  })
}

/** @param {string} host @param {number} port @param {string} from */
function optionsRequest(host, port, from) {
  const id = randomBytes(8).toString('hex')
  return [
    `OPTIONS sip:${host}:${port} SIP/2.0`,
    `Via: SIP/2.0/UDP ${from};branch=z9hG4bK${id};rport`,
    `From: <sip:ready@${from}>;tag=${id}`,
    `To: <sip:${host}:${port}>`,
    `Call-ID: ${id}`,
    'CSeq: 1 OPTIONS',
    'Max-Forwards: 1',
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n')
}
