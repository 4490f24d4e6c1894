// @ts-check
import { existsSync } from 'node:fs'
import { link, mkdir, rm, symlink } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { waitUntil } from '../wait.mjs'
import { codeOf } from '../fault.mjs'

/** @typedef {import('./carrier-ari.mjs').CarrierAri} CarrierAri */
/** @typedef {import('./caller-side.mjs').CallerSide} CallerSide */

/**
 * Records what the caller hears, and only that: a snoop on the channel's receiving side. From before the answer on, since a
 * network's announcements come then.
 * @param {CarrierAri} ari @param {string} id the caller's channel @param {string} recordTo
 */
export async function hear(ari, id, recordTo) {
  const ear = `${id}:ear`
  const inApp = ari.next((event) => event.type === 'StasisStart' && event.channel?.id === ear)
  if (!(await ari.request('POST', `/channels/${id}/snoop`, { spy: 'in', app: ari.app, snoopId: ear }))) return
  await inApp
  await ari.request('POST', `/channels/${ear}/record`, { name: id, format: 'wav', ifExists: 'overwrite' })
  const { value: spool } = await ari.request('GET', '/asterisk/variable?variable=ASTSPOOLDIR')
  await giveName(join(spool, 'recording', `${id}.wav`), resolve(recordTo))
}

/** The growing file under a second name; where that cannot be (another disk), a pointer to it. @param {string} file @param {string} name */
async function giveName(file, name) {
  await mkdir(dirname(name), { recursive: true })
  await rm(name, { force: true })
  // Asterisk answers before its recorder has opened the file.
  await waitUntil(() => (existsSync(file) ? '' : `${file} is not there`), {
    what: 'The recording',
    timeoutMs: 3_000,
    everyMs: 10,
  })
  try {
    await link(file, name)
  } catch (error) {
    if (codeOf(error) !== 'EXDEV' && codeOf(error) !== 'EPERM') throw error
    await symlink(file, name)
  }
}

/**
 * The caller's voice: a tone, or a greeting and echo, or silence. In a bridge, so that it leaves the channel free for DTMF.
 * @param {CarrierAri} ari @param {CallerSide} caller
 */
export async function speak(ari, { id, options: { tone, say } }) {
  if (!tone && !say) {
    // Silence is sound, too: without any RTP the PBX would take the caller for dead.
    await ari.request('POST', `/channels/${id}/silence`)
    return
  }
  const mouth = `${id}:mouth`
  await ari.request('POST', '/bridges', { bridgeId: mouth, type: 'mixing' })
  await ari.request('POST', `/bridges/${mouth}/addChannel`, { channel: id })
  if (tone) await ari.request('POST', `/bridges/${mouth}/play`, { media: `tone:${tone}` })
  else await greet(ari, id, mouth)
}

/**
 * In the call's own codec: between different ones Asterisk's Echo() gives nothing back.
 * @param {CarrierAri} ari @param {string} id @param {string} mouth
 */
async function greet(ari, id, mouth) {
  const voice = `${id}:voice`
  const inApp = ari.next((event) => event.type === 'StasisStart' && event.channel?.id === voice)
  await ari.request('POST', '/channels', {
    endpoint: 'Local/greet@caller/n',
    app: ari.app,
    channelId: voice,
    formats: 'ulaw',
  })
  await inApp
  await ari.request('POST', `/bridges/${mouth}/addChannel`, { channel: voice })
}

/** Takes away what stays after the caller: his bridge and the voice in it. @param {CarrierAri} ari @param {string} id */
export async function fallSilent(ari, id) {
  await ari.request('DELETE', `/channels/${id}:voice`)
  await ari.request('DELETE', `/bridges/${id}:mouth`)
}
