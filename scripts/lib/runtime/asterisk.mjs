// @ts-check
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { layOutAsterisk } from './asterisk-folders.mjs'
import { whyAriNotReady, whySipNotReady } from './asterisk-ready.mjs'
import { mediaOf } from './media-address.mjs'
import { startPart } from './part.mjs'

const CONFIG = fileURLToPath(new URL('../../../asterisk-config', import.meta.url))

/**
 * @typedef {object} AsteriskOptions
 * @property {import('./install.mjs').Runtime} runtime
 * @property {string} dir
 * @property {number} sipPort
 * @property {number} ariPort
 * @property {string} ariUser
 * @property {string} ariPassword
 * @property {string} [rtpPorts]                       e.g. `20000-20999`
 * @property {{ host: string, port: number }} carrier
 * @property {string} publicHost                       What browsers reach, hence where their sound goes.
 * @property {import('./install.mjs').Log} log
 */

/** The PBX. Resolves once ARI answers and SIP is bound. @param {AsteriskOptions} options */
export async function startAsterisk(options) {
  const { runtime, sipPort, ariPort, ariUser: user, ariPassword: password, log } = options
  const dir = resolve(options.dir)
  const local = await localFiles(options)
  const { command, args } = await layOutAsterisk({ dir, source: CONFIG, local, program: runtime.asterisk })
  const ari = { host: '127.0.0.1', port: ariPort, user, password }
  log(`Asterisk starts: SIP on port ${sipPort}, ARI on 127.0.0.1:${ariPort}`)
  const whyNotReady = async () =>
    (await whyAriNotReady(ari)) || whySipNotReady({ host: '127.0.0.1', port: sipPort })
  return startPart({ name: 'asterisk', dir, command, args, whyNotReady })
}

/** What is particular to this installation. @param {AsteriskOptions} options @returns {Promise<Record<string, string>>} */
async function localFiles({ sipPort, ariPort, ariUser, ariPassword, carrier, publicHost, ...rest }) {
  const { trunk, browsers, mapped } = await mediaOf(carrier.host, publicHost)
  const [rtpStart, rtpEnd] = (rest.rtpPorts ?? '20000-20999').split('-')
  // Behind NAT; a trunk on loopback is not.
  const outside = mapped && trunk.bind !== '127.0.0.1'
  return {
    'http.conf': `[general](+)\nbindaddr=127.0.0.1\nbindport=${ariPort}\n`,
    'ari.conf': `[${ariUser}]\ntype=user\nread_only=no\npassword=${ariPassword}\n`,
    'rtp.conf': `rtpstart=${rtpStart}\nrtpend=${rtpEnd}\n`,
    ...(mapped ? { 'ice.conf': `[ice_host_candidates]\n${mapped.own} => ${mapped.seen}\n` } : {}),
    'pjsip.conf': `[transport-udp](+)
bind=${trunk.bind}:${sipPort}
${outside ? `external_media_address=${mapped.seen}\nexternal_signaling_address=${mapped.seen}\n` : ''}[transport-ws](+)
bind=${browsers.bind}
[trunk](+)
media_address=${trunk.address}
[trunk-aor](+)
contact=sip:${carrier.host}:${carrier.port}
[trunk-identify](+)
match=${carrier.host}
`,
  }
}
