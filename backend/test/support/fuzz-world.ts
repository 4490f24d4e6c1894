import type { UserId } from '@tsunagu/contract'
import { expect } from 'vitest'
import type { Call } from '../../src/domain/call/call.js'
import { soundsOf as soundsOfConsulting } from '../../src/domain/call/transfer/consult.js'
import { soundsOf as soundsOfInternal } from '../../src/domain/call/internal/internal.js'
import type { CallEffect, OperatorNews } from '../../src/domain/call/messages.js'
import { bridgeOf, callerOf, channelsOf, hasCaller, operatorsOf } from '../../src/domain/call/names.js'

type Heard = 'silence' | 'ringing' | 'music' | 'talk'

/** After these the operator goes on with his call. */
const GOES_ON: OperatorNews['type'][] = [
  'call-answered',
  'call-held',
  'call-resumed',
  'call-handed',
  'consult-begun',
  'consult-answered',
  'consult-over',
  'caller-left',
]

/** Asterisk as it would be if it did just what it is told, and who believes to have the call. */
export class FuzzWorld {
  /** Channels that exist, with what is heard on them. */
  readonly channels = new Map<string, Heard>()
  readonly picked = new Set<string>()
  readonly holding = new Set<UserId>()
  bridge = false

  /** A channel that ends by itself. */
  die(channel: string): void {
    this.channels.delete(channel)
  }

  carryOut(effect: CallEffect): void {
    switch (effect.do) {
      case 'ring-caller':
        return this.hears(effect.channel, this.picked.has(effect.channel) ? undefined : 'ringing')
      case 'answer-caller':
        return void this.picked.add(effect.channel)
      case 'start-music':
        return this.startMusic(effect.channel)
      case 'start-ringing':
        return this.hears(effect.channel, 'ringing')
      case 'stop-music':
      case 'stop-ringing':
      case 'leave':
        return this.hears(effect.channel, 'silence')
      case 'call-phone':
      case 'call-out':
        return this.make(effect.do === 'call-out' ? effect.channel : effect.leg)
      case 'join':
        expect(this.channels.has(effect.leg), 'only a living leg is bridged').toBe(true)
        return this.put([effect.caller, effect.leg])
      case 'put':
        return this.put(effect.channels)
      case 'hang-up':
        return this.die(effect.channel)
      case 'tell-operator':
        if (!GOES_ON.includes(effect.news.type)) this.holding.delete(effect.operatorId)
        return
      case 'make-bridge':
        this.bridge = true
        return
      case 'destroy-bridge':
        this.bridge = false
        return
      case 'dial-out':
        expect(this.channels.has(effect.channel), 'only a living channel is dialled').toBe(true)
        return
      case 'note-consult':
      case 'ring-back':
      case 'dispatch':
        return
    }
  }

  /** What holds after every step. */
  check(call: Call): void {
    expect([...this.holding].sort(), 'exactly its operators hold a call').toEqual(operatorsOf(call).sort())
    const channels = call.status === 'ended' ? [] : channelsOf(call).filter((name) => !unmade(call, name))
    expect([...this.channels.keys()].sort(), 'nobody is cut, nobody is left behind').toEqual(channels.sort())
    if (call.status === 'ended') expect(this.bridge, `${bridgeOf(call)} is left`).toBe(false)
    this.checkSound(call)
  }

  private checkSound(call: Call): void {
    if (call.status === 'internal' || call.status === 'consulting') {
      const sounds = call.status === 'internal' ? soundsOfInternal(call) : soundsOfConsulting(call)
      for (const [channel, sound] of sounds) expect(this.channels.get(channel), channel).toBe(sound)
      return
    }
    if (!hasCaller(call) || call.status === 'ended') return
    const far = this.channels.get(callerOf(call))
    if (call.status === 'held' || call.status === 'parked') expect(far).toBe('music')
    if (call.status === 'waiting') expect(['ringing', 'music']).toContain(far)
    if (call.status === 'stranded' && !call.leg?.up) expect(far).toBe('music')
    if (call.status === 'talking') {
      expect([far, this.channels.get(call.leg.id)], 'the two hear each other').toEqual(['talk', 'talk'])
    }
    if (call.status === 'handed-over' && call.answered) {
      expect([far, this.channels.get(call.other)]).toEqual(['talk', 'talk'])
    }
  }

  private make(channel: string): void {
    this.channels.set(channel, 'silence')
    this.picked.add(channel)
  }

  private startMusic(channel: string): void {
    expect(this.picked.has(channel), 'music is heard only after the trunk was answered').toBe(true)
    expect(this.channels.get(channel), 'music is for who is in no bridge').not.toBe('talk')
    this.hears(channel, 'music')
  }

  private put(channels: string[]): void {
    expect(this.bridge, 'there is a bridge to put into').toBe(true)
    for (const channel of channels) this.hears(channel, 'talk')
  }

  private hears(channel: string, what: Heard | undefined): void {
    if (what !== undefined && this.channels.has(channel)) this.channels.set(channel, what)
  }
}

/** The far channel of an outgoing call is made only when the operator's leg is up. */
const unmade = (call: Call, name: string): boolean =>
  call.status === 'dialling' && !call.placed && name === call.far
