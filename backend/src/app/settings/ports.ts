import type { FigureSettings, Thresholds } from '@tsunagu/contract'

/** What a site has set, in the version that was saved last; 0: nothing, so the default holds. */
export interface Kept<T> {
  version: number
  value: T
  /** Whose change it was, by name: it outlives the user. */
  savedBy?: string
}

/** One setting in its store: read, and written by whoever has read the latest version. */
export interface Setting<T> {
  /** From memory. */
  current(): Kept<T>
  /**
   * Replaces the whole if `version` is still its own; `undefined`: somebody saved in between.
   * @throws {Unavailable} when the database is away.
   */
  save(version: number, value: T, savedBy: string): Promise<Kept<T> | undefined>
}

/** What can be set, by name. */
export interface SettingValues {
  thresholds: Thresholds
  figures: FigureSettings
}
export type SettingName = keyof SettingValues
export type Settings = { [Name in SettingName]: Setting<SettingValues[Name]> }
