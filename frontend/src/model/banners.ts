import type { TabRole } from './buttons'
import { isTrouble, type MicrophoneState, type MicrophoneTrouble } from './microphone-state'

/** Lasting conditions that somebody has to know of, and mostly do something about. */
export type Banner =
  | { kind: 'link-lost' }
  | { kind: 'other-tab' }
  | { kind: 'microphone-wanted' }
  | { kind: 'microphone'; trouble: MicrophoneTrouble }
  | { kind: 'audio-blocked' }
  | { kind: 'rejoining' }

export interface BannerFacts {
  linkLost: boolean
  tab: TabRole
  microphone: MicrophoneState
  audioBlocked: boolean
  rejoining: boolean
}

/** What is wrong, the gravest first. A tab without the phone needs neither microphone nor sound. */
export function bannersFor(facts: BannerFacts): Banner[] {
  const banners: Banner[] = []
  if (facts.linkLost) banners.push({ kind: 'link-lost' })
  if (facts.rejoining) banners.push({ kind: 'rejoining' })
  if (facts.tab === 'other') return [...banners, { kind: 'other-tab' }]
  if (isTrouble(facts.microphone)) banners.push({ kind: 'microphone', trouble: facts.microphone })
  if (facts.tab === 'owner' && facts.microphone === 'unknown') banners.push({ kind: 'microphone-wanted' })
  if (facts.audioBlocked) banners.push({ kind: 'audio-blocked' })
  return banners
}
