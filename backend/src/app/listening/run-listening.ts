import type { UserId } from '@tsunagu/contract'
import {
  roomOf,
  type Listening,
  type ListeningEffect,
  type ListeningEvent,
} from '../../domain/listening/listening.js'
import type { Clock, CommandResult, Log, Telephony } from '../ports.js'
import type { Records } from '../records/ports.js'
import type { SpiedLegs } from './spied-legs.js'

export interface ListeningEffectDeps {
  telephony: Telephony
  spiedLegs: SpiedLegs
  records: Pick<Records, 'act'>
  clock: Clock
  log: Log
  /** Something that must not stay could not be taken away, or was not carried out. */
  onFault(): void
}

/** Whose listening it is, before it ends. */
export interface Listener {
  id: UserId
  extension: string
  listening: Listening
}

/** Carries out what a step asked for, in order; what Asterisk refuses becomes an event where the listening waits for it. */
export async function runListening(
  deps: ListeningEffectDeps,
  listener: Listener,
  effects: ListeningEffect[],
): Promise<ListeningEvent[]> {
  const events: ListeningEvent[] = []
  for (const effect of effects) {
    if (effect.do === 'note') {
      const { act, operator, callId } = effect
      await deps.records.act({ by: listener.id, act, operator, callId })
      continue
    }
    const result = await command(deps, listener, effect)
    if (result.ok) continue
    report(deps, { listener, effect: effect.do }, result)
    const event = cameOf(effect, result.code, deps.clock.now())
    if (event?.type === 'spy-gone') deps.spiedLegs.gone(event.channel)
    if (event) events.push(event)
    if (effect.do === 'hang-up' || effect.do === 'destroy-room') deps.onFault()
  }
  return events
}

type Command = Exclude<ListeningEffect, { do: 'note' }>

type Line = Pick<ListeningEffectDeps, 'telephony' | 'spiedLegs'>

function command(line: Line, listener: Listener, effect: Command): Promise<CommandResult> {
  const { telephony } = line
  switch (effect.do) {
    case 'call-ear':
      return telephony.callPhone(effect.leg, listener.extension, listener.listening.id)
    case 'make-room':
      return telephony.createBridge(effect.bridge)
    case 'put':
      return telephony.join(effect.bridge, [effect.channel])
    case 'spy':
      return spy(line, listener.listening, effect)
    case 'hang-up':
      return telephony.hangUp(effect.channel)
    case 'destroy-room':
      return telephony.destroyBridge(effect.bridge)
  }
}

async function spy(
  { telephony, spiedLegs }: Line,
  { with: party }: Listening,
  { on, channel, mode }: Command & { do: 'spy' },
): Promise<CommandResult> {
  const post = { leg: on, party }
  await spiedLegs.free(post)
  spiedLegs.came(channel, post)
  return telephony.spyOn(on, channel, mode)
}

/** After a time limit nobody knows, and a name that is taken is there already: then its own events and limit decide. */
function cameOf(effect: Command, code: string, at: number): ListeningEvent | undefined {
  if (code === 'timeout' || code === 'conflict') return undefined
  if (effect.do === 'call-ear') return { type: 'ear-gone', at, channel: effect.leg }
  if (effect.do === 'spy') return { type: 'spy-gone', at, channel: effect.channel }
  return undefined
}

interface Told {
  listener: Listener
  effect: string
}

function report({ log }: ListeningEffectDeps, { listener, effect }: Told, result: CommandResult): void {
  if (result.ok) return
  const { code, detail } = result
  const { id, listening } = listener
  const fields = { supervisor: id, room: roomOf(listening), callId: listening.callId, effect, code, detail }
  if (code === 'gone' || code === 'conflict') log.debug(fields, 'a command for a listening came too late')
  else log.warn(fields, 'a command for a listening failed')
}
