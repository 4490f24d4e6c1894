// @ts-check
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { layOutAsterisk } from './asterisk-folders.mjs'
import { whyAriNotReady, whySipNotReady } from './asterisk-ready.mjs'
import { startPart } from './part.mjs'

const CONFIG = fileURLToPath(new URL('../carrier/etc', import.meta.url))

/** The user of the carrier's own ARI, by which callers are made. */
export const CARRIER_USER = 'carrier'

/**
 * @typedef {object} CarrierOptions
 * @property {import('./install.mjs').Runtime} runtime
 * @property {string} dir
 * @property {string} [address]                       A loopback address of its own, by which the PBX knows the trunk.
 * @property {number} port                            Its SIP port.
 * @property {{ host: string, port: number }} target  The PBX's SIP.
 * @property {number} httpPort                        Its ARI.
 * @property {string} password
 * @property {import('./install.mjs').Log} log
 */

/** The pretend carrier: a second, small Asterisk beyond a real SIP trunk. @param {CarrierOptions} options */
export async function startCarrier({
  runtime,
  address = '127.0.0.2',
  port,
  target,
  httpPort,
  password,
  log,
  ...rest
}) {
  const dir = resolve(rest.dir)
  const local = localFiles({ address, port, target, httpPort, password })
  const { command, args } = await layOutAsterisk({ dir, source: CONFIG, local, program: runtime.asterisk })
  const ari = { host: address, port: httpPort, user: CARRIER_USER, password }
  const sip = { host: address, port, from: address }
  log(`The pretend carrier starts: SIP on ${address}:${port}`)
  const whyNotReady = async () => (await whyAriNotReady(ari)) || whySipNotReady(sip)
  return startPart({ name: 'carrier', dir, command, args, whyNotReady })
}

/** @param {Required<Pick<CarrierOptions, 'address' | 'port' | 'target' | 'httpPort' | 'password'>>} options */
function localFiles({ address, port, target, httpPort, password }) {
  return {
    'http.conf': `[general](+)\nbindaddr=${address}\nbindport=${httpPort}\n`,
    'ari.conf': `[${CARRIER_USER}]\ntype=user\nread_only=no\npassword=${password}\n`,
    'pjsip.conf': `[transport-udp](+)\nbind=${address}:${port}
[pbx-aor](+)\ncontact=sip:${target.host}:${target.port}
[pbx-identify](+)\nmatch=${target.host}
`,
  }
}
