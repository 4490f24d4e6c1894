import type { LegId, ListenMode } from '@tsunagu/contract'
import type { AriClient } from 'ari-client'
import type { ChannelFact, CommandResult, Telephony, TelephonyFacts } from '../../app/ports.js'
import { ownerOf } from '../../domain/call/names.js'
import { classify } from './classify.js'
import type { AriConnection } from './connection.js'
import {
  applicationFrame,
  bridgeFrame,
  CALL_APP,
  channelFrame,
  endpointFrame,
  FAR_ARG,
  LEG_ARG,
  SPY_ARG,
  type ChannelFrame,
} from './frames.js'
import { phoneObjects } from './phone-objects.js'

/** A phone that does not take its leg within this time, s; the call's own limit comes first. */
const LEG_TIMEOUT_S = 10
/** Ours: no cause of the network, so nobody reads one into it. */
const HANGUP_REASON = 'normal'
const DTMF_MS = { duration: 120, between: 80 }

/** Into which of the two directions of the operator's leg the supervisor speaks: `out` is what the operator hears. */
const WHISPERS: Record<ListenMode, 'none' | 'out' | 'both'> = {
  listen: 'none',
  whisper: 'out',
  barge: 'both',
}

/** The trunk's endpoint in asterisk-config/pjsip.conf. */
const TRUNK = 'trunk'

type Resource = 'channels' | 'bridges' | 'applications' | 'asterisk' | 'endpoints'

/** Effects as requests to Asterisk. Nothing here decides; every failure comes back classified. */
export class AriTelephony implements Telephony {
  constructor(
    private readonly connection: AriConnection,
    private readonly observe: (command: string, ms: number, result: CommandResult) => void,
  ) {}

  ring = (channelId: string) => this.command('channels.ring', { channelId })
  answer = (channelId: string) => this.command('channels.answer', { channelId })
  startMusic = (channelId: string) => this.command('channels.startMoh', { channelId })
  stopMusic = (channelId: string) => this.command('channels.stopMoh', { channelId })

  startRinging = (channelId: string) => this.command('channels.ring', { channelId })
  stopRinging = (channelId: string) => this.command('channels.ringStop', { channelId })

  callOut(channelId: string, to: { number: string; presented?: string }): Promise<CommandResult> {
    return this.command('channels.create', {
      channelId,
      endpoint: `PJSIP/${to.number}@${TRUNK}`,
      app: CALL_APP,
      appArgs: FAR_ARG,
      ...(to.presented === undefined ? {} : { variables: presenting(to.presented) }),
    })
  }

  dialOut(channelId: string, timeoutMs: number): Promise<CommandResult> {
    return this.command('channels.dial', { channelId, timeout: Math.ceil(timeoutMs / 1_000) })
  }

  callPhone(leg: LegId, extension: string, of: string): Promise<CommandResult> {
    return this.command('channels.originateWithId', {
      channelId: leg,
      endpoint: `PJSIP/${extension}`,
      app: CALL_APP,
      appArgs: LEG_ARG,
      timeout: LEG_TIMEOUT_S,
      formats: 'opus,ulaw',
      variables: { 'PJSIP_HEADER(add,X-Tsunagu-Leg)': leg, TSUNAGU_CALL: of },
    })
  }

  async spyOn(channelId: string, snoopId: string, mode: ListenMode): Promise<CommandResult> {
    const how = { spy: 'both', whisper: WHISPERS[mode], app: CALL_APP, appArgs: SPY_ARG }
    const made = await this.command('channels.snoopChannelWithId', { channelId, snoopId, ...how })
    if (!made.ok) return made
    // Otherwise Asterisk tells when it has left the application, and not when it has let go of the leg.
    const toItsEnd = { applicationName: CALL_APP, eventSource: `channel:${snoopId}` }
    return this.command('applications.subscribe', toItsEnd)
  }

  sendDtmf(channelId: string, digits: string): Promise<CommandResult> {
    return this.command('channels.sendDTMF', { channelId, dtmf: digits, ...DTMF_MS })
  }

  async hangUp(channelId: string): Promise<CommandResult> {
    return unlessGone(await this.command('channels.hangup', { channelId, reason: HANGUP_REASON }))
  }

  async createBridge(bridgeId: string): Promise<CommandResult> {
    const made = await this.command('bridges.createWithId', { bridgeId, type: 'mixing', name: bridgeId })
    // It exists already: a repeated request does no harm.
    return !made.ok && made.code === 'conflict' ? { ok: true } : made
  }

  join(bridgeId: string, channels: string[]): Promise<CommandResult> {
    // Without the flag a dialled party would be shown the operator's extension in place of the company's number.
    const quiet = { inhibitConnectedLineUpdates: true }
    return this.command('bridges.addChannel', { bridgeId, channel: channels.join(','), ...quiet })
  }

  leave(bridgeId: string, channel: string): Promise<CommandResult> {
    return this.command('bridges.removeChannel', { bridgeId, channel })
  }

  async destroyBridge(bridgeId: string): Promise<CommandResult> {
    return unlessGone(await this.command('bridges.destroy', { bridgeId }))
  }

  async provisionPhone(extension: string, name: string, secret: string): Promise<CommandResult> {
    for (const [objectType, fields] of phoneObjects(extension, name, secret)) {
      const at = { configClass: 'res_pjsip', objectType, id: extension }
      const pushed = await this.command('asterisk.updateObject', { ...at, fields })
      if (!pushed.ok) return pushed
    }
    return { ok: true }
  }

  async removePhone(extension: string): Promise<CommandResult> {
    let result: CommandResult = { ok: true }
    for (const objectType of ['endpoint', 'aor', 'auth']) {
      const at = { configClass: 'res_pjsip', objectType, id: extension }
      const removed = unlessGone(await this.command('asterisk.deleteObject', at))
      if (!removed.ok) result = removed
    }
    return result
  }

  async isRegistered(resource: string): Promise<boolean> {
    try {
      return (await this.ask('endpoints.get', { tech: 'PJSIP', resource }, endpointFrame)).state === 'online'
    } catch (error) {
      // Asterisk is away, or has no such phone: neither is registered.
      if (classify(error).code === 'fault') throw error
      return false
    }
  }

  async facts(): Promise<TelephonyFacts> {
    const [channels, bridges, application, endpoints] = await Promise.all([
      this.ask('channels.list', {}, channelFrame.array()),
      this.ask('bridges.list', {}, bridgeFrame.array()),
      this.ask('applications.get', { applicationName: CALL_APP }, applicationFrame),
      this.ask('endpoints.listByTech', { tech: 'PJSIP' }, endpointFrame.array()),
    ])
    const held = new Set(application.channel_ids)
    return {
      // A leg that still rings at the phone is not in the application yet, but it is ours by its name.
      channels: channels.filter((c) => held.has(c.id) || ownerOf(c.id)).map(toFact),
      bridges: bridges.filter((b) => ownerOf(b.id)),
      registered: endpoints.filter((e) => e.state === 'online').map((e) => e.resource),
    }
  }

  private async command(path: string, parameters: Record<string, unknown>): Promise<CommandResult> {
    const began = performance.now()
    let result: CommandResult = { ok: true }
    try {
      await this.connection.run((client) => operationOf(client, path)(parameters))
    } catch (error) {
      result = classify(error)
    }
    this.observe(path, performance.now() - began, result)
    return result
  }

  private async ask<T>(path: string, parameters: object, shape: { parse(raw: unknown): T }): Promise<T> {
    return shape.parse(await this.connection.run((client) => operationOf(client, path)({ ...parameters })))
  }
}

/** What the far end sees is, for Asterisk, the party that its channel is connected to. */
function presenting(number: string): Record<string, string> {
  return { 'CONNECTEDLINE(all,i)': `<${number}>`, 'CONNECTEDLINE(num-pres,i)': 'allowed' }
}

function operationOf(
  client: AriClient,
  path: string,
): (parameters: Record<string, unknown>) => Promise<unknown> {
  const [resource, name] = path.split('.') as [Resource, string]
  const operation = client[resource][name]
  if (!operation) throw new Error(`this Asterisk has no operation ${path}`)
  return operation
}

/** What is gone already needs no ending. */
function unlessGone(result: CommandResult): CommandResult {
  return !result.ok && result.code === 'gone' ? { ok: true } : result
}

function toFact(channel: ChannelFrame): ChannelFact {
  return {
    id: channel.id,
    up: channel.state === 'Up',
    dialled: channel.dialplan.exten,
    callerNumber: channel.caller.number,
    createdAt: Date.parse(channel.creationtime) || 0,
  }
}
