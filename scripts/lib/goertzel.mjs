// @ts-check
import { readFileSync } from 'node:fs'
import { Fault } from './fault.mjs'

/**
 * How loud given tones are in a recording (WAV, 16 bit PCM, mono), in dBFS: 0 is a sine at full scale, silence about -90. Read with
 * Goertzel's filter. A recording still being written is read as far as it goes.
 * @param {string | Uint8Array} wav a path, or the file's bytes
 * @param {number[]} freqs in Hz
 * @param {{ fromMs?: number, toMs?: number }} [part] negative: counted from the end
 * @returns {Record<number, number>}
 */
export function toneLevels(wav, freqs, { fromMs = 0, toMs } = {}) {
  const { rate, samples } = readWav(wav)
  const at = (/** @type {number} */ ms) => Math.round((ms * rate) / 1000)
  const part = samples.subarray(at(fromMs), toMs === undefined ? undefined : at(toMs))
  if (part.length < rate / 50) throw new Fault(`The recording has only ${part.length} samples in that span.`)
  return Object.fromEntries(freqs.map((freq) => [freq, levelOf(part, freq / rate)]))
}

/**
 * The loudness of everything, in dBFS of a sine.
 * @param {string | Uint8Array} wav @param {{ fromMs?: number, toMs?: number }} [part]
 */
export function loudness(wav, { fromMs = 0, toMs } = {}) {
  const { rate, samples } = readWav(wav)
  const part = samples.subarray((fromMs * rate) / 1000, toMs === undefined ? undefined : (toMs * rate) / 1000)
  const power = part.reduce((sum, sample) => sum + (sample / 32768) ** 2, 0) / Math.max(1, part.length)
  return 10 * Math.log10(2 * power + 1e-9)
}

/** @param {string | Uint8Array} wav @returns {{ rate: number, samples: Int16Array, ms: number }} */
export function readWav(wav) {
  const bytes = typeof wav === 'string' ? readFileSync(wav) : Buffer.from(wav)
  if (bytes.toString('latin1', 0, 4) !== 'RIFF') throw new Fault('That is no WAV file.')
  let rate = 0
  for (let at = 12; at + 8 <= bytes.length;) {
    const kind = bytes.toString('latin1', at, at + 4)
    const size = bytes.readUInt32LE(at + 4)
    if (kind === 'fmt ') {
      const [format, channels, bits] = [
        bytes.readUInt16LE(at + 8),
        bytes.readUInt16LE(at + 10),
        bytes.readUInt16LE(at + 22),
      ]
      if (format !== 1 || channels !== 1 || bits !== 16)
        throw new Fault('Only 16 bit PCM, mono, is measured.')
      rate = bytes.readUInt32LE(at + 12)
    }
    // The size of the sound is filled in when a recording ends; until then it is whatever follows.
    if (kind === 'data')
      return withSamples(bytes.subarray(at + 8, size === 0 ? undefined : at + 8 + size), rate)
    at += 8 + size + (size % 2)
  }
  throw new Fault('The WAV file holds no sound.')
}

/** @param {Buffer} bytes @param {number} rate */
function withSamples(bytes, rate) {
  const samples = Int16Array.from({ length: bytes.length >> 1 }, (_, index) => bytes.readInt16LE(index * 2))
  return { rate, samples, ms: (samples.length / rate) * 1000 }
}

/** @param {Int16Array} samples @param {number} turns cycles per sample */
function levelOf(samples, turns) {
  const coefficient = 2 * Math.cos(2 * Math.PI * turns)
  let [last, before, weights] = [0, 0, 0]
  samples.forEach((sample, index) => {
    // Hann's window, so that a strong tone does not show at its neighbours.
    const weight = 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / (samples.length - 1))
    weights += weight
    const next = (sample / 32768) * weight + coefficient * last - before
    before = last
    last = next
  })
  const power = last * last + before * before - coefficient * last * before
  return 10 * Math.log10((4 * power) / (weights * weights) + 1e-9)
}
