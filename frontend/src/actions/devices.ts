import { watch } from 'vue'
import { pluggedDevices, watchPlugs } from '../adapters/devices'
import { keepDevices, keptDevices } from '../adapters/preferences'
import { routeRemote } from '../adapters/remote-audio'
import { routeSounds } from '../adapters/sound'
import { listOf, text } from '../i18n'
import {
  choicesFrom,
  comingsAndGoings,
  DEVICE_ROLES,
  devicesFor,
  resolveAll,
  type DeviceRole,
  type Standings,
} from '../model/devices'
import { useDeskStore } from '../stores/desk'
import { useDeviceStore } from '../stores/devices'
import { useNoticeStore } from '../stores/notices'
import type { WarmMicrophone } from './microphone'

/** Keeps microphone, speaker and ringer where this person wants them, as far as they are plugged in. */
export class Devices {
  readonly #store = useDeviceStore()
  readonly #desk = useDeskStore()
  readonly #notices = useNoticeStore()
  readonly #microphone: WarmMicrophone
  readonly #stops: (() => void)[]
  /** One change after the other: a headset that is pulled out and in again must end where it began. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(microphone: WarmMicrophone) {
    this.#microphone = microphone
    this.#stops = [
      watchPlugs(() => this.#look()),
      // The names of the devices are told once the microphone is allowed; another tab may have chosen others.
      watch([() => this.#desk.microphone === 'ready', () => this.#desk.tab === 'owner'], () => this.#look()),
    ]
    this.#look()
  }

  /** Takes a device for a role from now on; `''`: whatever the system has chosen. */
  choose(role: DeviceRole, id: string): Promise<void> {
    return this.#inTurn(async () => {
      const before = this.#store.choices
      const device = devicesFor(role, this.#store.plugged)?.find((one) => one.id === id)
      const { [role]: _old, ...others } = before
      this.#take(device ? { ...others, [role]: device } : others)
      if (await this.#route(role, this.#store.standings[role].id)) return
      this.#take(before)
      this.#notices.show({ key: 'devices.unusable' })
    })
  }

  close(): void {
    for (const stop of this.#stops) stop()
    this.#store.clear()
  }

  #inTurn(what: () => Promise<void>): Promise<void> {
    const mine = this.#turn.then(what)
    // A fault is its own caller's to hear; the next in line begins all the same.
    this.#turn = mine.catch(() => undefined)
    return mine
  }

  #look(): void {
    void this.#inTurn(async () => {
      const before = this.#store.standings
      this.#store.plugged = await pluggedDevices()
      // Some private windows keep nothing: then what was chosen on this page counts.
      const kept = keptDevices()
      this.#take(kept ? choicesFrom(kept) : this.#store.choices)
      const after = this.#store.standings
      // The outputs first: the microphone may have to wait for the person's leave.
      for (const role of ['speaker', 'ringer', 'microphone'] as const) await this.#route(role, after[role].id)
      this.#microphone.plugged()
      if (this.#desk.tab !== 'other') this.#tell(before, after)
    })
  }

  /** Chosen devices whose names have changed are kept under the new ones. */
  #take(choices: ReturnType<typeof choicesFrom>): void {
    const { plugged } = this.#store
    const standings = resolveAll(choices, plugged)
    const renamed = { ...choices }
    for (const role of DEVICE_ROLES) {
      const device = devicesFor(role, plugged)?.find(({ id }) => id === standings[role].id)
      if (device) renamed[role] = device
    }
    this.#store.choices = renamed
    this.#store.standings = standings
    keepDevices(renamed)
  }

  async #route(role: DeviceRole, id: string): Promise<boolean> {
    switch (role) {
      case 'microphone':
        return this.#microphone.use(id)
      case 'ringer':
        return routeSounds('ringer', id)
      case 'speaker': {
        const [voice] = await Promise.all([routeRemote(id), routeSounds('speaker', id)])
        return voice
      }
    }
  }

  #tell(before: Standings, after: Standings): void {
    const { gone, back } = comingsAndGoings(before, after)
    const words = (roles: DeviceRole[]): string => listOf(roles.map((role) => text(`devices.${role}`)))
    if (gone.length > 0) this.#notices.show({ key: 'devices.gone', params: { roles: words(gone) } })
    if (back.length > 0) this.#notices.show({ key: 'devices.back', params: { roles: words(back) } })
  }
}
