/** What a person chooses apart: where he speaks, where he hears the caller, where it rings. */
export const DEVICE_ROLES = ['microphone', 'speaker', 'ringer'] as const
export type DeviceRole = (typeof DEVICE_ROLES)[number]

export interface Device {
  /** The browser's own name of it, which it may change when it likes. */
  id: string
  label: string
}

/** What is plugged in. `undefined` while the browser does not tell, as before the microphone is allowed. */
export interface Plugged {
  inputs: Device[] | undefined
  outputs: Device[] | undefined
}

/** What was chosen; a role without a choice goes where the system wants. */
export type Choices = Partial<Record<DeviceRole, Device>>

/** `away`: chosen, but not there, so that the default stands in for it. */
export type Standing = 'default' | 'there' | 'away' | 'unknown'

export interface Resolved {
  standing: Standing
  /** What to use, as the browser names it, as far as that is known; empty for the default. */
  id: string
}

/** Stand-ins for whatever the system has chosen: the product's own default says the same. */
const ALIASES = ['default', 'communications']

/** Of all devices those of one kind. Without leave the browser lists one without a name, or none of it. */
export function devicesOfKind(
  all: { deviceId: string; kind: string; label: string }[],
  kind: 'audioinput' | 'audiooutput',
): Device[] | undefined {
  const found = all.filter((device) => device.kind === kind)
  if (found.some(({ deviceId }) => deviceId === '')) return undefined
  return found
    .filter(({ deviceId }) => !ALIASES.includes(deviceId))
    .map(({ deviceId, label }) => ({ id: deviceId, label }))
}

export const devicesFor = (role: DeviceRole, { inputs, outputs }: Plugged): Device[] | undefined =>
  role === 'microphone' ? inputs : outputs

/** Finds what was chosen: by its id, and when the browser has changed its ids by its label. */
export function resolveDevice(chosen: Device | undefined, plugged: Device[] | undefined): Resolved {
  if (!chosen) return { standing: 'default', id: '' }
  if (!plugged) return { standing: 'unknown', id: chosen.id }
  const found =
    plugged.find(({ id }) => id === chosen.id) ?? plugged.find(({ label }) => label === chosen.label)
  return found ? { standing: 'there', id: found.id } : { standing: 'away', id: '' }
}

export type Standings = Record<DeviceRole, Resolved>

export function resolveAll(choices: Choices, plugged: Plugged): Standings {
  const of = (role: DeviceRole): Resolved => resolveDevice(choices[role], devicesFor(role, plugged))
  return { microphone: of('microphone'), speaker: of('speaker'), ringer: of('ringer') }
}

/** Which chosen devices went, and which came back. Nothing is said of a choice that was made or unmade. */
export function comingsAndGoings(
  before: Standings,
  after: Standings,
): { gone: DeviceRole[]; back: DeviceRole[] } {
  const gone = DEVICE_ROLES.filter(
    (role) => after[role].standing === 'away' && before[role].standing !== 'away',
  )
  const back = DEVICE_ROLES.filter(
    (role) => after[role].standing === 'there' && before[role].standing === 'away',
  )
  return { gone, back }
}

/** Choices as they were kept; anything else that may stand there is no choice. */
export function choicesFrom(kept: unknown): Choices {
  const choices: Choices = {}
  if (typeof kept !== 'object' || kept === null) return choices
  for (const role of DEVICE_ROLES) {
    const { id, label } = ((kept as Record<string, unknown>)[role] ?? {}) as Partial<Device>
    if (typeof id === 'string' && typeof label === 'string' && id !== '') choices[role] = { id, label }
  }
  return choices
}
