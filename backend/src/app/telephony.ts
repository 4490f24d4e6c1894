/** What the use cases need of Asterisk, and what it tells them. Times are UTC ms. */
import type { DialFailure, LegId, ListenMode } from '@tsunagu/contract'

/**
 * How a command to Asterisk ended. `gone`: the channel or bridge no longer exists. `conflict`: the name is taken or the
 * channel is not in our hands. `unavailable`: the phone cannot be reached. `down`: there is no connection to Asterisk. `timeout`: no answer within the time limit.
 */
export type CommandResult =
  | { ok: true }
  | { ok: false; code: 'gone' | 'conflict' | 'unavailable' | 'down' | 'timeout' | 'fault'; detail: string }

export interface ChannelFact {
  id: string
  up: boolean
  /** The trunk number dialled, of a caller's channel. */
  dialled: string
  callerNumber: string
  createdAt: number
}

/** What Asterisk holds for us at this moment. */
export interface TelephonyFacts {
  channels: ChannelFact[]
  bridges: { id: string; channels: string[] }[]
  registered: string[]
}

export interface Telephony {
  ring(channel: string): Promise<CommandResult>
  answer(channel: string): Promise<CommandResult>
  startMusic(channel: string): Promise<CommandResult>
  stopMusic(channel: string): Promise<CommandResult>
  /** Calls somebody's phone, for a call or a listening (`of`); `leg-up` follows when the phone has accepted. */
  callPhone(leg: LegId, extension: string, of: string): Promise<CommandResult>
  /**
   * Makes a channel that hears both sides of another one, and speaks to nobody, to its owner, or to whoever he speaks to as
   * well. `spy-ready` follows; it ends with the other one.
   */
  spyOn(channel: string, spy: string, mode: ListenMode): Promise<CommandResult>
  /** The tone of ringing, for a channel that is up and in no bridge. */
  startRinging(channel: string): Promise<CommandResult>
  stopRinging(channel: string): Promise<CommandResult>
  /** Makes a channel to an outside number (as dialled, no separators); `party-ready` follows, then it may be dialled. */
  callOut(channel: string, to: { number: string; presented?: string }): Promise<CommandResult>
  /** `party-up` follows when it answers, `channel-gone` when it does not within `timeoutMs`. */
  dialOut(channel: string, timeoutMs: number): Promise<CommandResult>
  sendDtmf(channel: string, digits: string): Promise<CommandResult>
  /** Success also when the channel is gone already. */
  hangUp(channel: string): Promise<CommandResult>
  createBridge(bridge: string): Promise<CommandResult>
  join(bridge: string, channels: string[]): Promise<CommandResult>
  leave(bridge: string, channel: string): Promise<CommandResult>
  destroyBridge(bridge: string): Promise<CommandResult>
  /** Makes the operator's phone known to Asterisk under this secret. */
  provisionPhone(extension: string, name: string, secret: string): Promise<CommandResult>
  removePhone(extension: string): Promise<CommandResult>
  /** Whether the phone is registered now; `false` also when Asterisk does not answer. */
  isRegistered(extension: string): Promise<boolean>
  facts(): Promise<TelephonyFacts>
}

/** What Asterisk tells, in the words of the domain. `at` is Asterisk's own time stamp. */
export type TelephonyEvent =
  | {
      type: 'caller-entered'
      at: number
      channel: string
      dialled: string
      callerNumber: string
      up: boolean
    }
  | { type: 'leg-up'; at: number; leg: string }
  | { type: 'spy-ready'; at: number; channel: string }
  /** An outside channel that we made is in our hands. */
  | { type: 'party-ready'; at: number; channel: string }
  | { type: 'party-up'; at: number; channel: string }
  | { type: 'channel-gone'; at: number; channel: string; why: DialFailure }
  | { type: 'phone-registered'; at: number; extension: string; registered: boolean }
