import { join } from 'node:path'
import { CarrierAri } from '../../../scripts/lib/caller/carrier-ari.mjs'
import { hear } from '../../../scripts/lib/caller/sound.mjs'
import { toneLevels } from '../../../scripts/lib/goertzel.mjs'
import type { World } from './rig.js'

/** What the carrier's phones sing, by the ending of their number (extensions.conf), Hz. */
export const VOICES = { '07': 1_430, '08': 1_900, '09': 2_530, caller: 1_000 } as const
export type Voice = keyof typeof VOICES

/** Above this a voice is there, below ABSENT it is not, dBFS; in between nothing is proven. */
const THERE = -30
const ABSENT = -50
/** Of a recording, this is the present. */
const PRESENT = { fromMs: -300 }

/** Who is heard in the last moments of a recording, in the order of VOICES; what is unclear has a question mark. */
export function heardIn(recording: string): string {
  try {
    const levels = toneLevels(recording, Object.values(VOICES), PRESENT)
    return Object.entries(VOICES)
      .flatMap(([who, hz]) => mark(who, levels[hz] ?? -120))
      .join(' ')
  } catch {
    // It has not begun yet.
    return 'nothing recorded'
  }
}

function mark(who: string, level: number): string[] {
  if (level > THERE) return [who]
  return level < ABSENT ? [] : [`${who}?`]
}

/** Listens at the desk phones themselves, beyond our own Asterisk. */
export class PhoneEars {
  private readonly ari: CarrierAri
  private readonly files = new Map<string, string>()

  private constructor(
    { carrier }: World,
    private readonly dir: string,
  ) {
    this.ari = new CarrierAri(carrier, `ears-${String(process.pid)}`)
  }

  static async at(world: World, dir: string): Promise<PhoneEars> {
    const ears = new PhoneEars(world, dir)
    await ears.ari.connect()
    return ears
  }

  /** Who is heard now at the phone whose number ends so. */
  async at(ending: Voice): Promise<string> {
    const [channel] = (await this.channels()).filter(({ dialplan }) => dialplan.exten === ending)
    if (!channel) return 'no phone call'
    const file = this.files.get(channel.id) ?? join(this.dir, `${ending}-${String(this.files.size)}.wav`)
    if (!this.files.has(channel.id)) {
      this.files.set(channel.id, file)
      await hear(this.ari, channel.id, file)
    }
    return heardIn(file)
  }

  close(): void {
    this.ari.close()
  }

  private async channels(): Promise<{ id: string; dialplan: { exten: string } }[]> {
    return (await this.ari.request('GET', '/channels')) as { id: string; dialplan: { exten: string } }[]
  }
}
