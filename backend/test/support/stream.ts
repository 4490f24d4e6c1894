import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { CommandResult, Telephony, TelephonyFacts } from '../../src/app/ports.js'
import { ownerOf } from '../../src/domain/call/names.js'
import { inWords } from './fake-telephony.js'

/** Where recorded streams are kept: one story a file, one JSON a line. */
const FOLDER = new URL('../ari-streams/', import.meta.url)

/** What happened beside Asterisk's frames. `timestamp` in ISO, `call` as Asterisk names the caller's channel. */
export type Mark =
  /** An operator with a registered phone presses 受付可. */
  | { '@': 'ready'; operator: string; timestamp: string }
  /** A page pressed 「通話」 or 「切断」. */
  | { '@': 'answer' | 'hang-up'; operator: string; call: string; timestamp: string }
  /** A command that Asterisk refused; what is not named here it obeyed. */
  | { '@': 'failed'; command: string; result: CommandResult; call: string; timestamp: string }
  /** The control plane is there again, and this is what it finds. */
  | { '@': 'back'; facts: TelephonyFacts; timestamp: string }

export interface Frame {
  type: string
  timestamp: string
  channel?: { id: string }
  peer?: { id: string }
}
export type Line = Mark | Frame

export const isMark = (line: Line): line is Mark => '@' in line

export const streamNames = (): string[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => name.replace('.jsonl', ''))

export function readStream(name: string): Line[] {
  const text = readFileSync(new URL(`${name}.jsonl`, FOLDER), 'utf8')
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
}

/** The caller's channel a line is about, if any. */
export function callOf(line: Line): string | undefined {
  if (isMark(line)) return 'call' in line ? line.call : undefined
  const channel = (line.channel ?? line.peer)?.id
  return channel === undefined ? undefined : (ownerOf(channel)?.callId ?? channel)
}

/** Takes one story down: every frame of Asterisk, and what the pages did and Asterisk refused in between. */
export class StreamRecorder {
  readonly lines: Line[] = []

  frame = (frame: unknown): void => {
    // Asterisk names itself by its network card's address, which is nobody's business.
    this.lines.push({ ...(frame as Frame), asterisk_id: '00:00:00:00:00:00' } as Frame)
  }

  mark(mark: Mark extends infer M ? (M extends Mark ? Omit<M, 'timestamp'> : never) : never): void {
    this.lines.push({ ...mark, timestamp: new Date().toISOString() } as Mark)
  }

  get failures(): string[] {
    return this.lines.flatMap((line) => (isMark(line) && line['@'] === 'failed' ? [line.command] : []))
  }

  /** The way to Asterisk, with an ear on it. */
  through = (telephony: Telephony): Telephony =>
    new Proxy(telephony, {
      get: (target, name: keyof Telephony) => {
        const command = target[name] as (...args: unknown[]) => Promise<unknown>
        return async (...args: unknown[]) => {
          const result = await command.apply(target, args)
          this.hear(name, args, result)
          return result
        }
      },
    })

  save(name: string): void {
    const text = this.lines.map((line) => JSON.stringify(line)).join('\n')
    writeFileSync(new URL(`${name}.jsonl`, FOLDER), `${text}\n`)
  }

  private hear(name: keyof Telephony, args: unknown[], result: unknown): void {
    if (name === 'facts') return this.mark({ '@': 'back', facts: result as TelephonyFacts })
    const answer = result as CommandResult
    if (answer.ok) return
    // `callPhone` names the call besides leg and phone; the leg says it already.
    const words = inWords(name, name === 'callPhone' ? args.slice(0, 2) : args)
    const [, subject = ''] = words.split(' ')
    this.mark({
      '@': 'failed',
      command: words,
      result: answer,
      call: ownerOf(subject)?.callId ?? subject,
    })
  }
}
