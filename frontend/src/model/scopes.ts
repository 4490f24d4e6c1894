import type { QueueId, SettingView } from '@tsunagu/contract'

/** What holds for all queues, or for one: that one's own where it has any. */
export interface Scope<Fields> {
  /** Absent: all queues. */
  queueId?: QueueId
  name: string
  /** It has its own; otherwise its fields are those of all, to begin with. */
  own: boolean
  fields: Fields
}

/** All queues first, then each of those that there are. */
export function scopesOf<Fields extends object>(
  { queues }: Pick<SettingView<unknown>, 'queues'>,
  all: Fields,
  owns: Map<QueueId, Fields>,
): Scope<Fields>[] {
  const own = queues.map(({ id, name }): Scope<Fields> => {
    const fields = owns.get(id)
    return { queueId: id, name, own: fields !== undefined, fields: { ...(fields ?? all) } }
  })
  return [{ name: '', own: true, fields: { ...all } }, ...own]
}

/** Puts together what is to be saved; `undefined` where something that counts cannot be read. */
export function readScopes<Fields, Value>(
  [all, ...queues]: Scope<Fields>[],
  read: (fields: Fields) => Value | undefined,
): { all: Value; queues: { queueId: QueueId; value: Value }[] } | undefined {
  const forAll = all && read(all.fields)
  const owns = queues.flatMap(({ queueId, own, fields }) =>
    own && queueId !== undefined ? [{ queueId, value: read(fields) }] : [],
  )
  const isRead = (one: (typeof owns)[number]): one is { queueId: QueueId; value: Value } =>
    one.value !== undefined
  return forAll !== undefined && owns.every(isRead) ? { all: forAll, queues: owns } : undefined
}
