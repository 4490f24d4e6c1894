/**
 * An operator's phone as Asterisk's own objects, in the order in which they need each other. A full set every time:
 * pushing to an object that exists changes only what is named (reference: ari.md section 6.2).
 */
export function phoneObjects(extension: string, name: string, secret: string): [string, Field[]][] {
  return [
    ['auth', fields({ auth_type: 'userpass', username: extension, password: secret })],
    [
      'aor',
      fields({
        // The page that registers last has the phone; a half-open link of the one before is dropped.
        max_contacts: '1',
        remove_existing: 'yes',
        default_expiration: '90',
        minimum_expiration: '30',
        maximum_expiration: '120',
        qualify_frequency: '20',
        qualify_timeout: '5.0',
      }),
    ],
    [
      'endpoint',
      fields({
        auth: extension,
        aors: extension,
        context: 'from-operators',
        transport: 'transport-ws',
        webrtc: 'yes',
        dtls_auto_generate_cert: 'yes',
        disallow: 'all',
        allow: 'opus,ulaw',
        direct_media: 'no',
        allow_transfer: 'no',
        // A dead browser's leg ends by itself: a living one sends sound all the time, muted or not.
        rtp_timeout: '8',
        rtp_timeout_hold: '300',
        device_state_busy_at: '1',
        callerid: `"${name.replace(/["\\<>\r\n]/g, '')}" <${extension}>`,
        language: 'en',
      }),
    ],
  ]
}

interface Field {
  attribute: string
  value: string
}

function fields(values: Record<string, string>): Field[] {
  return Object.entries(values).map(([attribute, value]) => ({ attribute, value }))
}
