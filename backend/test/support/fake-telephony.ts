import type { CommandResult, Telephony, TelephonyFacts } from '../../src/app/ports.js'

const NOTHING: TelephonyFacts = { channels: [], bridges: [], registered: [] }

/** Commands that say something about one channel or bridge, as one line of words. */
export function inWords(command: string, args: unknown[]): string {
  return [command, ...args.flat()].map(String).join(' ')
}

/**
 * An Asterisk that does what it is told and says nothing by itself. Every command is remembered in words; one can be told
 * beforehand to fail.
 */
export class FakeTelephony implements Telephony {
  readonly said: string[] = []
  now: TelephonyFacts = NOTHING
  private readonly failures = new Map<string, CommandResult[]>()

  /** The next time that exactly this is asked, this is the answer. */
  failNext(words: string, result: CommandResult): void {
    this.failures.set(words, [...(this.failures.get(words) ?? []), result])
  }

  ring = (channel: string) => this.obey('ring', channel)
  answer = (channel: string) => this.obey('answer', channel)
  startMusic = (channel: string) => this.obey('startMusic', channel)
  stopMusic = (channel: string) => this.obey('stopMusic', channel)
  startRinging = (channel: string) => this.obey('startRinging', channel)
  stopRinging = (channel: string) => this.obey('stopRinging', channel)
  callOut = (channel: string, to: { number: string }) => this.obey('callOut', channel, to.number)
  dialOut = (channel: string) => this.obey('dialOut', channel)
  callPhone = (leg: string, extension: string) => this.obey('callPhone', leg, extension)
  spyOn = (channel: string, spy: string, mode: string) => this.obey('spyOn', channel, spy, mode)
  sendDtmf = (channel: string, digits: string) => this.obey('sendDtmf', channel, digits)
  hangUp = (channel: string) => this.obey('hangUp', channel)
  createBridge = (bridge: string) => this.obey('createBridge', bridge)
  join = (bridge: string, channels: string[]) => this.obey('join', bridge, ...channels)
  leave = (bridge: string, channel: string) => this.obey('leave', bridge, channel)
  destroyBridge = (bridge: string) => this.obey('destroyBridge', bridge)
  provisionPhone = (extension: string) => this.obey('provisionPhone', extension)
  removePhone = (extension: string) => this.obey('removePhone', extension)
  isRegistered = (extension: string) => Promise.resolve(this.now.registered.includes(extension))
  facts = (): Promise<TelephonyFacts> => Promise.resolve(this.now)

  protected obey(command: string, ...args: string[]): Promise<CommandResult> {
    const words = inWords(command, args)
    this.said.push(words)
    return Promise.resolve(this.failures.get(words)?.shift() ?? { ok: true })
  }
}

const ok: CommandResult = { ok: true }
const gone: CommandResult = { ok: false, code: 'gone', detail: 'Channel not found' }

/** An Asterisk whose channels live and die: a command to a dead one fails, and who is hung up is told to be gone. */
export class LivingTelephony extends FakeTelephony {
  /** Channels that exist, with whether they are in our hands: a leg is so once its phone has picked up. */
  readonly channels = new Map<string, boolean>()
  readonly bridges = new Set<string>()
  /** Phones that no leg can be made to. */
  readonly unreachable = new Set<string>()
  /** Whose end Asterisk has yet to tell. */
  readonly dead: string[] = []

  die(channel: string): void {
    if (this.channels.delete(channel)) this.dead.push(channel)
  }

  protected override async obey(command: string, ...args: string[]): Promise<CommandResult> {
    const told = await super.obey(command, ...args)
    return told.ok ? this.carryOut(command, args) : told
  }

  private carryOut(command: string, [subject = '', ...others]: string[]): CommandResult {
    switch (command) {
      case 'callPhone':
        return this.makeLeg(subject, others[0] ?? '')
      case 'callOut':
        this.channels.set(subject, false)
        return ok
      case 'spyOn':
        if (!this.channels.has(subject)) return gone
        this.channels.set(others[0] ?? '', true)
        return ok
      case 'hangUp':
        this.die(subject)
        return ok
      case 'createBridge':
        this.bridges.add(subject)
        return ok
      case 'destroyBridge':
        this.bridges.delete(subject)
        return ok
      case 'join':
        return this.bridges.has(subject) && others.every((name) => this.channels.get(name)) ? ok : gone
      case 'ring':
      case 'answer':
      case 'startMusic':
      case 'stopMusic':
      case 'startRinging':
      case 'stopRinging':
      case 'dialOut':
        return this.channels.has(subject) ? ok : gone
      default:
        return ok
    }
  }

  private makeLeg(leg: string, extension: string): CommandResult {
    if (this.unreachable.has(extension))
      return { ok: false, code: 'unavailable', detail: 'Allocation failed' }
    if (this.channels.has(leg)) return { ok: false, code: 'conflict', detail: 'Channel exists' }
    this.channels.set(leg, false)
    return ok
  }
}
