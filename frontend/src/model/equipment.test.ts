import { expect, test } from 'vitest'
import { bannersFor, type BannerFacts } from './banners'
import { isPadKey, PAD_KEYS, tonesOf } from './dtmf'
import { homePath } from './home-path'
import { judgeLeg } from './leg-gate'
import { isTrouble, microphoneTrouble } from './microphone-state'
import { ringSamples } from './ring-sound'

const fine: BannerFacts = {
  linkLost: false,
  tab: 'owner',
  microphone: 'ready',
  audioBlocked: false,
  rejoining: false,
}

test('a seat that is fit for calls has no banner', () => {
  expect(bannersFor(fine)).toEqual([])
  expect(bannersFor({ ...fine, microphone: 'asking' })).toEqual([])
})

test('the gravest trouble stands first', () => {
  const kinds = bannersFor({
    linkLost: true,
    tab: 'owner',
    microphone: 'missing',
    audioBlocked: true,
    rejoining: true,
  })
  expect(kinds.map(({ kind }) => kind)).toEqual(['link-lost', 'rejoining', 'microphone', 'audio-blocked'])
})

test('a tab without the phone is told so, and of no microphone', () => {
  expect(bannersFor({ ...fine, tab: 'other', microphone: 'unknown', audioBlocked: true })).toEqual([
    { kind: 'other-tab' },
  ])
})

test('a microphone that was never asked for is asked for before the first call', () => {
  expect(bannersFor({ ...fine, microphone: 'unknown' })).toEqual([{ kind: 'microphone-wanted' }])
  expect(bannersFor({ ...fine, tab: 'waiting', microphone: 'unknown' })).toEqual([])
})

test('the browser’s error names become troubles people can act on', () => {
  expect(microphoneTrouble('NotAllowedError')).toBe('refused')
  expect(microphoneTrouble('NotFoundError')).toBe('missing')
  expect(microphoneTrouble('NotReadableError')).toBe('busy')
  expect(microphoneTrouble('')).toBe('failed')
  expect(isTrouble('busy')).toBe(true)
  expect(isTrouble('ready')).toBe(false)
})

test('only the announced leg is accepted', () => {
  expect(judgeLeg('c1:leg:1', 'c1:leg:1')).toBe('accept')
  expect(judgeLeg('c1:leg:2', 'c1:leg:1')).toBe('wait')
  expect(judgeLeg('c1:leg:1', undefined)).toBe('wait')
  expect(judgeLeg(undefined, undefined)).toBe('refuse')
})

test('every pad key has its own pair of tones', () => {
  expect(tonesOf('1')).toEqual([697, 1209])
  expect(tonesOf('0')).toEqual([941, 1336])
  expect(new Set(PAD_KEYS.map((key) => tonesOf(key).join()))).toHaveProperty('size', 12)
  expect(isPadKey('a')).toBe(false)
})

const loudestOf =
  (samples: Float32Array) =>
  (from: number, to: number): number =>
    Math.max(...samples.slice(from, to).map(Math.abs))

test('the ringtone sounds for a second, rests for two, and never clips', () => {
  const samples = ringSamples(8_000, 'outside')
  const loudest = loudestOf(samples)
  expect(samples).toHaveLength(24_000)
  expect(loudest(0, 8_000)).toBeGreaterThan(0.5)
  expect(loudest(0, 8_000)).toBeLessThanOrEqual(1)
  expect(loudest(8_000, 24_000)).toBe(0)
})

test('a colleague rings twice and short', () => {
  const loudest = loudestOf(ringSamples(8_000, 'internal'))
  expect(loudest(0, 2_800)).toBeGreaterThan(0.5)
  expect(loudest(2_800, 4_400)).toBe(0)
  expect(loudest(4_400, 7_200)).toBeGreaterThan(0.5)
  expect(loudest(7_200, 24_000)).toBe(0)
})

test('each role has its home', () => {
  expect(homePath('operator')).toBe('/operator')
  expect(homePath('supervisor')).toBe('/monitor')
  expect(homePath('administrator')).toBe('/settings')
})
