import { roomOf, type Heard, type Listening, type ListeningEffect, type ListeningEvent } from './listening.js'

/** What Asterisk holds of it, and of the operator's call. */
export interface ListeningFacts {
  /** Channels that exist, with whether they are up. */
  channels: ReadonlyMap<string, boolean>
  /** Members of the room. */
  bridged: string[]
  heard: Heard | undefined
}

/** Effects to do again, which is harmless, then events that were missed. */
export interface Missed {
  effects: ListeningEffect[]
  events: ListeningEvent[]
}

/** Pure: compares a listening as we remember it with what Asterisk holds, after a restart of either side. */
export function reconcile(listening: Listening, facts: ListeningFacts, at: number): Missed {
  const { ear, operator, callId } = listening
  const heard: ListeningEvent = { type: 'heard', at, operator: operator.id, callId, heard: facts.heard }
  const isThere = facts.channels.get(ear.id)
  if (isThere !== undefined) {
    const came: ListeningEvent[] = isThere && !ear.up ? [{ type: 'ear-up', at, channel: ear.id }] : []
    return {
      effects: unbridged(listening, facts),
      events: [heard, ...came, ...spyNews(listening, facts, at)],
    }
  }
  if (ear.up) return { effects: [], events: [heard, { type: 'ear-gone', at, channel: ear.id }] }
  // It may not have been ordered yet; its own limit decides.
  return { effects: [{ do: 'call-ear', leg: ear.id }], events: [heard] }
}

function spyNews(listening: Listening, { channels }: ListeningFacts, at: number): ListeningEvent[] {
  const { spy, former } = listening
  if (former !== undefined && !channels.has(former)) return [{ type: 'spy-gone', at, channel: former }]
  if (!spy) return []
  if (!channels.has(spy.id)) return [{ type: 'spy-gone', at, channel: spy.id }]
  return spy.ready ? [] : [{ type: 'spy-ready', at, channel: spy.id }]
}

function unbridged(listening: Listening, { channels, bridged }: ListeningFacts): ListeningEffect[] {
  const { ear, spy } = listening
  const bridge = roomOf(listening)
  const due = [...(ear.up ? [ear.id] : []), ...(spy?.ready ? [spy.id] : [])]
  const missing = due.filter((channel) => channels.has(channel) && !bridged.includes(channel))
  if (missing.length === 0) return []
  const put = missing.map((channel): ListeningEffect => ({ do: 'put', bridge, channel }))
  return [{ do: 'make-room', bridge }, ...put]
}
