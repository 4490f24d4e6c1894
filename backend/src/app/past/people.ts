import type { Person, QueueId, UserId } from '@tsunagu/contract'
import type { Names } from '../../domain/past/call-at.js'
import type { Surroundings } from '../../domain/past/board-at.js'
import type { Known } from '../../domain/past/as-of.js'
import type { Directory } from '../ports.js'

/** Names as they are now, of everybody and everything that these records mention. */
export interface Mentioned {
  names: Names
  operators: Surroundings['operators']
  queues: { id: QueueId; name: string }[]
  person(id: UserId): Person
}

/** Looks up what is mentioned; the directory answers from memory. */
export async function lookUp(directory: Directory, spans: Iterable<Known>): Promise<Mentioned> {
  const queues = (await directory.queues()).map(({ id, name }) => ({ id, name }))
  const ids = new Set<string>()
  const numbers = new Set<string>()
  for (const span of spans) mention(span, ids, numbers)
  const operators: Surroundings['operators'] = new Map()
  const people = new Map<string, string>()
  const extensions = new Map<string, string>()
  for (const id of ids) {
    const user = (await directory.user(id as UserId)) ?? (await directory.userAt(id))
    if (!user) continue
    const { name, extension = id, queues: serves } = user
    people.set(id, name)
    people.set(extension, name)
    extensions.set(user.id, extension)
    if (user.role === 'operator') operators.set(user.id, { name, extension, queues: serves })
  }
  const outside = new Map<string, string>()
  for (const number of numbers) {
    // What a caller sends as his number is his own choice: it must not make a colleague of him.
    const name = (await directory.userAt(number)) ? undefined : await directory.nameOf(number)
    if (name !== undefined) outside.set(number, name)
  }
  const names: Names = {
    outside: (number) => outside.get(number),
    colleague: (number) => people.get(number),
    extensionOf: (id) => extensions.get(id) ?? id,
    queue: (id) => queues.find((queue) => queue.id === id)?.name ?? id,
  }
  return { names, operators, queues, person: (id) => ({ id, name: people.get(id) ?? id }) }
}

function mention({ kind, operator, detail }: Known, ids: Set<string>, numbers: Set<string>): void {
  if (operator !== undefined) ids.add(operator)
  if (!detail) return
  if (detail.with !== undefined) ids.add(detail.with)
  if (detail.by !== undefined) ids.add(detail.by)
  for (const { operators } of detail.decision?.passed ?? []) for (const id of operators) ids.add(id)
  if (detail.number === undefined || detail.number === '') return
  if (kind === 'consult') ids.add(detail.number)
  numbers.add(detail.number)
}
