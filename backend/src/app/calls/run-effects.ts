import type { UserId } from '@tsunagu/contract'
import type { Call } from '../../domain/call/call.js'
import type { CallEffect, CallEvent } from '../../domain/call/messages.js'
import type { Clock, CommandResult, Log, Telephony } from '../ports.js'

export interface EffectDeps {
  telephony: Telephony
  clock: Clock
  log: Log
  /** The number of somebody's phone. */
  extensionOf(id: UserId): Promise<string>
  /** Tells an operator what his call did to him. */
  tell(effect: Extract<CallEffect, { do: 'tell-operator' }>, call: Call): Promise<void>
  /** Claims the one who parked the call; the event that follows for the call. */
  ringBack(operatorId: UserId, call: Call): Promise<CallEvent>
  /** A call to a target of a transfer, for the history. */
  noteConsult(effect: Extract<CallEffect, { do: 'note-consult' }>, call: Call): void
  /** Asks for distribution; does not wait for it. */
  dispatch(): void
}

/**
 * Carries out what a step asked for, in order. What Asterisk answers becomes an event of the call where the call waits
 * for it; everything else that goes wrong is told by Asterisk's own events (a channel that is gone says so).
 */
export async function runEffects(deps: EffectDeps, call: Call, effects: CallEffect[]): Promise<Outcome> {
  const outcome: Outcome = { events: [], undone: false }
  for (const effect of effects) {
    const { event, undone } = await run(deps, call, effect)
    if (event) outcome.events.push(event)
    outcome.undone ||= undone === true
  }
  return outcome
}

/** `undone`: something that must not stay (a channel, a bridge) could not be taken away; it is to be tried again. */
interface Outcome {
  events: CallEvent[]
  undone: boolean
}

interface Result {
  event?: CallEvent
  undone?: boolean
}

async function run(deps: EffectDeps, call: Call, effect: CallEffect): Promise<Result> {
  switch (effect.do) {
    case 'dispatch':
      deps.dispatch()
      return {}
    case 'ring-back':
      return { event: await deps.ringBack(effect.operatorId, call) }
    case 'tell-operator':
      await deps.tell(effect, call)
      return {}
    case 'note-consult':
      deps.noteConsult(effect, call)
      return {}
    case 'call-out': {
      const { channel, ...to } = effect
      const result = await deps.telephony.callOut(channel, to)
      report(deps, { call, effect: effect.do }, result)
      return result.ok ? {} : notReached(deps, channel, result.code)
    }
    case 'join': {
      const result = await deps.telephony.join(effect.bridge, [effect.caller, effect.leg])
      report(deps, { call, effect: effect.do }, result)
      const type = result.ok ? 'bridged' : 'bridge-failed'
      return { event: { type, at: deps.clock.now(), leg: effect.leg } }
    }
    case 'call-phone': {
      const extension = await deps.extensionOf(effect.operatorId)
      const result = await deps.telephony.callPhone(effect.leg, extension, call.id)
      report(deps, { call, effect: effect.do }, result)
      // Only what is the phone's own fault; in all other cases the leg may still come, and its own limit decides.
      const failed = !result.ok && (result.code === 'unavailable' || result.code === 'fault')
      return failed ? { event: { type: 'leg-gone', at: deps.clock.now(), leg: effect.leg } } : {}
    }
    default: {
      const result = await command(deps.telephony, effect)
      report(deps, { call, effect: effect.do }, result)
      if (callerIsGone(call, effect, result)) return { event: { type: 'caller-gone', at: deps.clock.now() } }
      const removes = effect.do === 'hang-up' || effect.do === 'destroy-bridge'
      return { undone: removes && !result.ok }
    }
  }
}

/** No channel was made, so no event of it will come. */
function notReached({ clock }: EffectDeps, channel: string, code: string): Result {
  // Nobody knows after a time limit; the call's own decides.
  if (code === 'timeout' || code === 'conflict') return {}
  return { event: { type: 'party-gone', at: clock.now(), channel, why: 'trunk-down' } }
}

/** Asterisk's own event says the same; whichever comes first counts. */
function callerIsGone(call: Call, effect: Plain, result: CommandResult): boolean {
  if (result.ok || result.code !== 'gone') return false
  if (effect.do !== 'ring-caller' && effect.do !== 'answer-caller' && effect.do !== 'start-music')
    return false
  return 'far' in call && call.far === effect.channel
}

type Special =
  'dispatch' | 'ring-back' | 'tell-operator' | 'note-consult' | 'join' | 'call-phone' | 'call-out'
type Plain = Exclude<CallEffect, { do: Special }>

function command(telephony: Telephony, effect: Plain): Promise<CommandResult> {
  switch (effect.do) {
    case 'ring-caller':
      return telephony.ring(effect.channel)
    case 'answer-caller':
      return telephony.answer(effect.channel)
    case 'start-music':
      return telephony.startMusic(effect.channel)
    case 'stop-music':
      return telephony.stopMusic(effect.channel)
    case 'hang-up':
      return telephony.hangUp(effect.channel)
    case 'make-bridge':
      return telephony.createBridge(effect.bridge)
    case 'put':
      return telephony.join(effect.bridge, effect.channels)
    case 'start-ringing':
      return telephony.startRinging(effect.channel)
    case 'stop-ringing':
      return telephony.stopRinging(effect.channel)
    case 'dial-out':
      return telephony.dialOut(effect.channel, effect.timeoutMs)
    case 'leave':
      return telephony.leave(effect.bridge, effect.channel)
    case 'destroy-bridge':
      return telephony.destroyBridge(effect.bridge)
  }
}

function report({ log }: EffectDeps, told: { call: Call; effect: string }, result: CommandResult): void {
  if (result.ok) return
  // Gone and conflict are races with a hang-up, and the hang-up's own event settles them.
  const expected = result.code === 'gone' || result.code === 'conflict'
  const fields = { callId: told.call.id, effect: told.effect, code: result.code, detail: result.detail }
  if (expected) log.debug(fields, 'a command came too late')
  else log.warn(fields, 'a command to Asterisk failed')
}
