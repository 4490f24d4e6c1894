// @ts-check
/** @typedef {import('./pbx.mjs').BenchApp} BenchApp */

const SOUND = { disallow: 'all', direct_media: 'no', allow_transfer: 'no' }

/** An account like an operator's (backend/src/adapters/ari/phone-objects.ts). @param {BenchApp} pbx @param {string} id @param {string} password */
export async function pushClassicPhone(pbx, id, password) {
  await push(pbx, id, {
    auth: { auth_type: 'userpass', username: id, password },
    aor: { max_contacts: '1', remove_existing: 'yes' },
    endpoint: {
      auth: id,
      aors: id,
      context: 'from-operators',
      transport: 'transport-ws',
      webrtc: 'yes',
      dtls_auto_generate_cert: 'yes',
      ...SOUND,
      allow: 'opus,ulaw',
    },
  })
}

/**
 * The carrier's calls of one caller: known by his number, which counts before the carrier's address does, they go to the
 * bench's application and never to the product. All else is as on the trunk (asterisk-config/pjsip.conf).
 * @param {BenchApp} pbx @param {string} number
 */
export async function pushClassicTrunk(pbx, number) {
  await push(pbx, number, {
    endpoint: {
      transport: 'transport-udp',
      // Asterisk makes this context for every application that is connected.
      context: `stasis-${pbx.app}`,
      ...SOUND,
      allow: 'ulaw,alaw',
      rtp_symmetric: 'yes',
      force_rport: 'yes',
      rewrite_contact: 'yes',
    },
  })
}

/** @param {BenchApp} pbx @param {string} id @param {Record<string, Record<string, string>>} objects */
async function push(pbx, id, objects) {
  for (const [type, values] of Object.entries(objects)) {
    const fields = Object.entries(values).map(([attribute, value]) => ({ attribute, value }))
    await pbx.request('PUT', `/asterisk/config/dynamic/res_pjsip/${type}/${id}`, { fields })
  }
}
