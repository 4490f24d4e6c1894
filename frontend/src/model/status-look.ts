import type { StatusKind } from '@tsunagu/contract'

/** Colour by meaning; every tone comes with a shape and a word, never alone. */
export type Tone = 'plain' | 'ready' | 'ring' | 'talk' | 'hold' | 'wrap' | 'away'
export type Shape = 'circle' | 'ring' | 'triangle' | 'square' | 'bars' | 'diamond' | 'dash'

export interface Look {
  tone: Tone
  shape: Shape
}

const LOOKS: Record<StatusKind, Look> = {
  preparing: { tone: 'plain', shape: 'dash' },
  ready: { tone: 'ready', shape: 'circle' },
  ringing: { tone: 'ring', shape: 'triangle' },
  talking: { tone: 'talk', shape: 'square' },
  dialling: { tone: 'talk', shape: 'triangle' },
  held: { tone: 'hold', shape: 'bars' },
  internal: { tone: 'talk', shape: 'square' },
  'wrap-up': { tone: 'wrap', shape: 'diamond' },
  'short-break': { tone: 'away', shape: 'ring' },
  lunch: { tone: 'away', shape: 'ring' },
  'other-work': { tone: 'away', shape: 'ring' },
}

export const statusLook = (kind: StatusKind): Look => LOOKS[kind]
