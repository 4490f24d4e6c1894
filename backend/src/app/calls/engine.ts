import { callId, legId, userId, type CallId } from '@tsunagu/contract'
import type { CallEvent } from '../../domain/call/messages.js'
import { ownerOf } from '../../domain/call/names.js'
import { numberKey } from '../../domain/number/number-key.js'
import { ownerAt } from '../operators/extensions.js'
import type { ListeningEvents } from '../listening/listening-events.js'
import type { Listenings } from '../listening/listenings.js'
import type { Presence } from '../operators/presence.js'
import type { Operators } from '../operators/operators.js'
import type { Clock, Directory, Log, Telephony, TelephonyEvent } from '../ports.js'
import type { Mailboxes } from '../mailboxes.js'
import type { Calls } from './calls.js'

export interface EngineDeps {
  /** What an event brought may be lost; what Asterisk holds tells it again. */
  onFault(): void
  mailboxes: Mailboxes
  calls: Calls
  listenings: Listenings
  listeningEvents: ListeningEvents
  operators: Operators
  presence: Presence
  telephony: Telephony
  directory: Directory
  clock: Clock
  log: Log
}

type PartyEvent = Extract<TelephonyEvent, { type: 'party-ready' | 'party-up' }>
type ChannelGone = Extract<TelephonyEvent, { type: 'channel-gone' }>
type PhoneRegistered = Extract<TelephonyEvent, { type: 'phone-registered' }>
type CallerEntered = Extract<TelephonyEvent, { type: 'caller-entered' }>

/** What Asterisk and the clock tell, brought to the call or the operator it is about. */
export class Engine {
  constructor(private readonly deps: EngineDeps) {}

  /** Takes an event in; events of one call in their order, those of different calls side by side. Never throws. */
  accept(event: TelephonyEvent): void {
    const subject = subjectOf(event)
    this.deps.mailboxes
      .run(`events:${subject}`, () => this.onTelephony(event))
      .catch((error: unknown) => {
        this.deps.log.error({ err: error, callId: subject, event: event.type }, 'an event was not handled')
        this.deps.onFault()
      })
  }

  async onTelephony(event: TelephonyEvent): Promise<void> {
    if (await this.deps.listeningEvents.take(event)) return
    switch (event.type) {
      case 'caller-entered':
        return this.callerEntered(event)
      case 'leg-up':
        return this.legUp(event.leg, event.at)
      case 'spy-ready':
        return
      case 'party-ready':
      case 'party-up':
        return this.party(event)
      case 'channel-gone':
        return this.channelGone(event)
      case 'phone-registered':
        return this.phoneRegistered(event)
    }
  }

  /** An alarm rang: `call:<id>` or `operator:<id>`. */
  async onAlarm(name: string): Promise<void> {
    const at = this.deps.clock.now()
    const [kind, id] = split(name)
    if (kind === 'call') await this.deps.calls.handle(callId(id), { type: 'deadline', at })
    if (kind !== 'operator') return
    await this.deps.operators.apply(userId(id), { type: 'deadline', at })
    await this.deps.listenings.handle(userId(id), { type: 'deadline', at })
  }

  private async phoneRegistered({ extension, registered, at }: PhoneRegistered): Promise<void> {
    const { presence, directory } = this.deps
    await presence.registered(await ownerAt(directory, extension), registered, at)
  }

  private async callerEntered(event: CallerEntered): Promise<void> {
    const { directory, telephony, calls, log } = this.deps
    const queues = await directory.queues()
    const wanted = numberKey(event.dialled)
    const queue = queues.find(({ numbers }) => numbers.includes(wanted))
    if (!queue) {
      log.warn({ callId: event.channel, dialled: event.dialled }, 'no queue has this number')
      await telephony.hangUp(event.channel)
      return
    }
    await calls.enter({
      id: callId(event.channel),
      queueId: queue.id,
      dialled: wanted,
      callerNumber: event.callerNumber,
      picked: event.up,
      at: event.at,
    })
  }

  private async legUp(name: string, at: number): Promise<void> {
    const owner = ownerOf(name)
    if (owner?.callId === undefined) return
    const { calls, telephony } = this.deps
    const leg = legId(name)
    const handled = await calls.handle(owner.callId, { type: 'leg-up', at, leg })
    if (handled.ok || (await calls.has(leg, owner.callId))) return
    // Nobody waits for it any more: the offer went on while the phone was slow.
    await telephony.hangUp(name)
  }

  /** A number that was dialled. Nobody waits for it any more when the operator was faster in hanging up. */
  private async party({ type, at, channel }: PartyEvent): Promise<void> {
    const owner = ownerOf(channel)
    if (owner?.callId === undefined) return
    const { calls, telephony } = this.deps
    const handled = await calls.handle(owner.callId, { type, at, channel })
    if (!handled.ok && !(await calls.has(channel, owner.callId))) await telephony.hangUp(channel)
  }

  private async channelGone({ channel, at, why }: ChannelGone): Promise<void> {
    const owner = ownerOf(channel)
    const id: CallId = owner?.callId ?? callId(channel)
    const gone: CallEvent =
      owner?.kind === 'leg'
        ? { type: 'leg-gone', at, leg: legId(channel) }
        : { type: 'party-gone', at, channel, why }
    await this.deps.calls.handle(id, gone)
  }
}

/** The call, the listening or the phone an event is about. */
function subjectOf(event: TelephonyEvent): string {
  if (event.type === 'phone-registered') return event.extension
  const channel = event.type === 'leg-up' ? event.leg : event.channel
  const owner = ownerOf(channel)
  return owner?.callId ?? owner?.listener ?? channel
}

function split(name: string): [string, string] {
  const at = name.indexOf(':')
  return [name.slice(0, at), name.slice(at + 1)]
}
