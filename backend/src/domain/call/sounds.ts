/**
 * Who hears what, as a whole, and how to get from one arrangement to the next. For the calls with more than two parties,
 * where writing every transition by hand would be a table nobody can check.
 */
import type { CallBase } from './call.js'
import type { CallEffect } from './messages.js'
import { bridgeOf } from './names.js'

/** `talk`: in the bridge, with whoever else is in it. */
export type Sound = 'talk' | 'music' | 'ringing' | 'silence'
/** By channel; who is not in it does not exist (any more). */
export type Sounds = ReadonlyMap<string, Sound>

/** The effects that lead from `before` to `after`. Who is new begins in silence; who is gone is not touched. */
export function retune(call: CallBase, before: Sounds, after: Sounds): CallEffect[] {
  const changed = [...after].filter(([channel, sound]) => (before.get(channel) ?? 'silence') !== sound)
  const stops = changed.flatMap(([channel]) => stop(call, channel, before.get(channel)))
  const joining = changed.flatMap(([channel, sound]) => (sound === 'talk' ? [channel] : []))
  const starts = changed.flatMap(([channel, sound]) => start(channel, sound))
  return [...stops, ...bridge(call, joining), ...starts]
}

function stop(call: CallBase, channel: string, sound: Sound | undefined): CallEffect[] {
  switch (sound) {
    case 'talk':
      return [{ do: 'leave', bridge: bridgeOf(call), channel }]
    case 'music':
      return [{ do: 'stop-music', channel }]
    case 'ringing':
      return [{ do: 'stop-ringing', channel }]
    case 'silence':
    case undefined:
      return []
  }
}

function start(channel: string, sound: Sound): CallEffect[] {
  switch (sound) {
    case 'music':
      return [{ do: 'start-music', channel }]
    case 'ringing':
      return [{ do: 'start-ringing', channel }]
    case 'talk':
    case 'silence':
      return []
  }
}

/** Making a bridge that exists does no harm. */
function bridge(call: CallBase, channels: string[]): CallEffect[] {
  if (channels.length === 0) return []
  const name = bridgeOf(call)
  return [
    { do: 'make-bridge', bridge: name },
    { do: 'put', bridge: name, channels },
  ]
}
