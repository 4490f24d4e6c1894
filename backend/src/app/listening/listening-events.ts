import { ownerOf } from '../../domain/call/names.js'
import { ownerAt } from '../operators/extensions.js'
import type { Directory, Telephony, TelephonyEvent } from '../ports.js'
import type { Listenings } from './listenings.js'

export interface ListeningEventsDeps {
  listenings: Listenings
  telephony: Telephony
  directory: Pick<Directory, 'userAt'>
}

/** What Asterisk tells of the channels of listenings, brought to the supervisor's. */
export class ListeningEvents {
  constructor(private readonly deps: ListeningEventsDeps) {}

  /** `false`: it is about something else. */
  async take(event: TelephonyEvent): Promise<boolean> {
    if (event.type === 'phone-registered') return false
    const channel = event.type === 'leg-up' ? event.leg : event.channel
    const owner = ownerOf(channel)
    if (owner?.callId !== undefined || owner === undefined) return false
    const { listenings, telephony, directory } = this.deps
    const supervisor = await ownerAt(directory, owner.listener)
    const { at } = event
    if (event.type === 'channel-gone') {
      const type = owner.kind === 'ear' ? 'ear-gone' : 'spy-gone'
      await listenings.handle(supervisor, { type, at, channel })
      return true
    }
    await listenings.handle(supervisor, { type: owner.kind === 'ear' ? 'ear-up' : 'spy-ready', at, channel })
    // Nobody waits any more for what came up too late.
    if (!(await listenings.has(channel, supervisor))) await telephony.hangUp(channel)
    return true
  }
}
