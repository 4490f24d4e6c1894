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
  callPhone = (leg: string, extension: string) => this.obey('callPhone', leg, extension)
  sendDtmf = (channel: string, digits: string) => this.obey('sendDtmf', channel, digits)
  hangUp = (channel: string) => this.obey('hangUp', channel)
  createBridge = (bridge: string) => this.obey('createBridge', bridge)
  join = (bridge: string, channels: string[]) => this.obey('join', bridge, ...channels)
  leave = (bridge: string, channel: string) => this.obey('leave', bridge, channel)
  destroyBridge = (bridge: string) => this.obey('destroyBridge', bridge)
  provisionPhone = (extension: string) => this.obey('provisionPhone', extension)
  removePhone = (extension: string) => this.obey('removePhone', extension)
  facts = (): Promise<TelephonyFacts> => Promise.resolve(this.now)

  private obey(command: string, ...args: string[]): Promise<CommandResult> {
    const words = inWords(command, args)
    this.said.push(words)
    return Promise.resolve(this.failures.get(words)?.shift() ?? { ok: true })
  }
}
