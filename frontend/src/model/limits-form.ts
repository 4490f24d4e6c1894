import {
  LONGEST_LIMIT_MS,
  MOST_WAITING,
  STATUS_THRESHOLDS,
  type QueueLimits,
  type QueueThreshold,
  type SettingView,
  type StatusThreshold,
  type Thresholds,
} from '@tsunagu/contract'
import { readScopes, scopesOf, type Scope } from './scopes'
import { shown, typed, type FieldKind } from './setting-field'

const SECONDS: FieldKind = { unit: 'seconds', min: 1, max: LONGEST_LIMIT_MS / 1_000, optional: true }
const MINUTES: FieldKind = { unit: 'minutes', min: 0.1, max: LONGEST_LIMIT_MS / 60_000, optional: true }

/** Each limit in the unit in which people think of it. */
export const LIMIT_KINDS: Record<QueueThreshold | StatusThreshold, FieldKind> = {
  waiting: { unit: 'calls', min: 1, max: MOST_WAITING, optional: true },
  'longest-wait': SECONDS,
  'service-level': { unit: 'percent', min: 1, max: 100, optional: true },
  talking: MINUTES,
  held: SECONDS,
  'wrap-up': MINUTES,
  'short-break': MINUTES,
  lunch: MINUTES,
  'other-work': MINUTES,
}

export type LimitFields = Record<QueueThreshold, string>

/** The limits as they stand in the boxes. */
export interface LimitsForm {
  scopes: Scope<LimitFields>[]
  statuses: Record<StatusThreshold, string>
}

export function limitsForm(view: SettingView<Thresholds>): LimitsForm {
  const { all, queues, statuses } = view.value
  const owns = new Map(queues.map(({ queueId, limits }) => [queueId, boxes(limits)]))
  return { scopes: scopesOf(view, boxes(all), owns), statuses: boxes(statuses) }
}

/** What the boxes say; `undefined` where one of them says nothing that can be kept. */
export function limitsTyped({ scopes, statuses }: LimitsForm): Thresholds | undefined {
  const read = readScopes(scopes, (fields): QueueLimits | undefined => values(fields))
  const times = values(statuses)
  if (!read || !times) return undefined
  const queues = read.queues.map(({ queueId, value }) => ({ queueId, limits: value }))
  return { all: read.all, queues, statuses: times }
}

export const STATUS_LIMITS = STATUS_THRESHOLDS

function boxes<Name extends keyof typeof LIMIT_KINDS>(
  limits: Record<Name, number | null>,
): Record<Name, string> {
  const names = Object.keys(limits) as Name[]
  return Object.fromEntries(
    names.map((name) => [name, shown(limits[name], LIMIT_KINDS[name].unit)]),
  ) as Record<Name, string>
}

function values<Name extends keyof typeof LIMIT_KINDS>(
  fields: Record<Name, string>,
): Record<Name, number | null> | undefined {
  const names = Object.keys(fields) as Name[]
  const all = names.map((name) => [name, typed(fields[name], LIMIT_KINDS[name])] as const)
  const said = all.flatMap(([name, one]) => (one.ok ? [[name, one.value] as const] : []))
  return said.length === all.length ? (Object.fromEntries(said) as Record<Name, number | null>) : undefined
}
