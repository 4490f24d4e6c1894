import type { ErrorCode, SettingView } from '@tsunagu/contract'
import type { Directory, Log, User } from '../ports.js'
import type { Records } from '../records/ports.js'
import type { SettingName, Settings, SettingValues } from './ports.js'

export interface MonitorSettingsDeps {
  settings: Settings
  directory: Pick<Directory, 'queues' | 'works'>
  records: Pick<Records, 'act'>
  /** It holds from now on: figures and crossings follow at once. */
  changed: (name: SettingName) => void
  log: Log
}

export interface SettingChange<T> {
  version: number
  value: T
}

type SettingSaved<T> =
  | { ok: true; view: SettingView<T> }
  | { ok: false; code: Extract<ErrorCode, 'bad-request' | 'stale'>; field?: string }

/** The limits and the rules of the figures, as supervisors read and change them. */
export class MonitorSettings {
  constructor(private readonly deps: MonitorSettingsDeps) {}

  async view<Name extends SettingName>(name: Name): Promise<SettingView<SettingValues[Name]>> {
    const { settings, directory } = this.deps
    const [queues, works] = await Promise.all([directory.queues(), directory.works()])
    const kept = settings[name].current()
    return { ...kept, queues: queues.map(({ id, name: called }) => ({ id, name: called })), works }
  }

  /** `bad-request`: a queue that does not exist. `stale`: somebody saved in between. @throws {Unavailable} */
  async save<Name extends SettingName>(
    name: Name,
    by: User,
    { version, value }: SettingChange<SettingValues[Name]>,
  ): Promise<SettingSaved<SettingValues[Name]>> {
    const { settings, directory, records, changed, log } = this.deps
    const there = new Set((await directory.queues()).map(({ id }) => id))
    const unknown = value.queues.findIndex(({ queueId }) => !there.has(queueId))
    if (unknown >= 0)
      return { ok: false, code: 'bad-request', field: `value.queues.${String(unknown)}.queueId` }
    const saved = await settings[name].save(version, value, by.name)
    if (!saved) return { ok: false, code: 'stale' }
    changed(name)
    log.info({ userId: by.id, setting: name, version: saved.version }, 'setting saved')
    await records.act({ by: by.id, act: `set-${name}` })
    return { ok: true, view: await this.view(name) }
  }
}
