import type { TelephonyEvent } from '../../app/ports.js'
import { ownerOf } from '../../domain/call/names.js'
import { dialFailure } from './dial-failure.js'
import { CALL_APP, CALLER_ARG, eventFrame, FAR_ARG, LEG_ARG, PRESENCE_APP, SPY_ARG } from './frames.js'

/**
 * One frame of Asterisk's event stream in the words of the domain, or nothing: an event we do not use, of a type we do
 * not know, or out of shape. Pure, so that recorded streams replay.
 */
export function decode(frame: unknown): TelephonyEvent | undefined {
  const parsed = eventFrame.safeParse(frame)
  if (!parsed.success) return undefined
  const event = parsed.data
  const at = Date.parse(event.timestamp)
  if (Number.isNaN(at)) return undefined
  if (event.type === 'EndpointStateChange') {
    if (event.application !== PRESENCE_APP) return undefined
    const { resource, state } = event.endpoint
    return { type: 'phone-registered', at, extension: resource, registered: state === 'online' }
  }
  if (event.application !== CALL_APP) return undefined
  const { channel } = event
  switch (event.type) {
    case 'StasisStart':
      return entered(event, at)
    case 'ChannelStateChange':
      return isFar(channel.id) && channel.state === 'Up'
        ? { type: 'party-up', at, channel: channel.id }
        : undefined
    case 'StasisEnd':
      return isGoneOnlyWhenDestroyed(channel.id) ? undefined : gone(channel.id, at, 0)
    case 'ChannelDestroyed':
      return gone(channel.id, at, event.cause)
  }
}

/**
 * Of a party that was dialled the later event tells the cause as well; and a spy that has left the application still hangs
 * on the leg until Asterisk destroys it.
 */
const isGoneOnlyWhenDestroyed = (channel: string): boolean =>
  isFar(channel) || ownerOf(channel)?.kind === 'spy'

const isFar = (channel: string): boolean => ownerOf(channel)?.kind === 'far'

const gone = (channel: string, at: number, cause: number): TelephonyEvent => ({
  type: 'channel-gone',
  at,
  channel,
  why: dialFailure(cause),
})

interface StasisStart {
  args: string[]
  channel: { id: string; state: string; caller: { number: string }; dialplan: { exten: string } }
}

function entered({ args, channel }: StasisStart, at: number): TelephonyEvent | undefined {
  const [kind, dialled] = args
  if (kind === FAR_ARG) return { type: 'party-ready', at, channel: channel.id }
  if (kind === SPY_ARG) return { type: 'spy-ready', at, channel: channel.id }
  if (kind === LEG_ARG) return { type: 'leg-up', at, leg: channel.id }
  if (kind !== CALLER_ARG) return undefined
  return {
    type: 'caller-entered',
    at,
    channel: channel.id,
    dialled: dialled ?? channel.dialplan.exten,
    callerNumber: channel.caller.number,
    up: channel.state === 'Up',
  }
}
