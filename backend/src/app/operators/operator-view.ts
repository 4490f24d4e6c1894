import type {
  CompanyNumber,
  ListeningView,
  OperatorView,
  ParkedView,
  ParkSlot,
  Role,
  UserId,
} from '@tsunagu/contract'
import type { Call, Parked } from '../../domain/call/call.js'
import { operatorsOf } from '../../domain/call/names.js'
import { isUp, type Listening } from '../../domain/listening/listening.js'
import type { ListenerView } from '../listening/listeners.js'
import type { Operator } from '../../domain/operator/operator.js'
import type { Directory, Queue } from '../ports.js'
import { callView, legFor, numbersOf, type CallContext } from './call-view.js'
import { defaultNumber } from './destinations.js'
import { extensionOf } from './extensions.js'

/** What of the call an operator's screen needs: none of it when the call is not (or no longer) his. */
export interface ViewParts extends CallContext {
  operator: Operator
  call: Call | undefined
  works: string[]
  /** Supervisors in his call, of whom he is told. */
  heardBy: ListenerView[]
  outside: OperatorView['outside']
  now: number
  seq: number
}

/** Everything an operator's page shows, put together from what is true now. Pure. */
export function toOperatorView(parts: ViewParts): OperatorView {
  const { operator, now, seq, works, outside, heardBy } = parts
  const call = parts.call && callView(parts.call, operator.id, parts)
  const { listening } = operator
  const leg = parts.call && call ? legFor(parts.call, operator.id) : listening?.ear.id
  return {
    seq,
    now,
    me: { id: operator.id, name: operator.name, role: roleOf(operator), extension: operator.extension },
    status: operator.status,
    ...(operator.next ? { next: operator.next } : {}),
    works,
    ...(operator.alert ? { alert: operator.alert } : {}),
    phone: { registered: operator.registered, ...(operator.page ? { owner: operator.page } : {}) },
    outside,
    ...(call ? { call } : {}),
    ...(heardBy.length > 0 ? { heardBy: heardBy.map(({ name, mode }) => ({ name, mode })) } : {}),
    ...(listening ? { listening: listeningView(listening) } : {}),
    ...(leg ? { leg } : {}),
  }
}

const listeningView = (listening: Listening): ListeningView => ({
  operator: listening.operator,
  mode: listening.mode,
  since: listening.since,
  up: isUp(listening),
})

const roleOf = ({ supervises }: Operator): Role => (supervises ? 'supervisor' : 'operator')

export function toParkedView(call: Parked, names: { by: string; name: string | undefined }): ParkedView {
  return {
    slot: call.slot as ParkSlot,
    ...(call.callerNumber ? { number: call.callerNumber } : {}),
    ...(names.name ? { name: names.name } : {}),
    since: call.since,
    by: { id: call.parkedBy, name: names.by },
  }
}

/** Looks up what the view needs of the directory; all of it is held in memory there. */
export async function directoryParts(
  directory: Directory,
  operator: Operator,
  call: Call | undefined,
): Promise<Pick<ViewParts, 'queue' | 'extensions' | 'names' | 'works' | 'outside'>> {
  const queues = await directory.queues()
  const context = call ? await callContext(directory, call, operator.id) : NOTHING
  const chosen = operator.presents ?? (await defaultNumber(directory, operator))
  return {
    ...context,
    works: await directory.works(),
    outside: { numbers: companyNumbers(queues), ...(chosen === undefined ? {} : { chosen }) },
  }
}

const NOTHING: CallContext = { queue: undefined, extensions: new Map(), names: new Map() }

/** What is looked up to show a call; without a reader as the shared book knows it. */
export async function callContext(directory: Directory, call: Call, reader?: UserId): Promise<CallContext> {
  const extensions = await extensionsIn(directory, call)
  return {
    queue: queueOf(await directory.queues(), call),
    extensions,
    names: await namesIn(directory, { call, extensions }, reader),
  }
}

function queueOf(queues: Queue[], call: Call): Queue | undefined {
  const queueId = call.status !== 'internal' ? call.queueId : undefined
  return queues.find(({ id }) => id === queueId)
}

const companyNumbers = (queues: Queue[]): CompanyNumber[] =>
  queues.flatMap(({ name, numbers }) => numbers.map((number) => ({ number, name })))

async function extensionsIn(directory: Directory, call: Call): Promise<Map<UserId, string>> {
  const extensions = new Map<UserId, string>()
  for (const id of operatorsOf(call)) extensions.set(id, await extensionOf(directory, id))
  return extensions
}

/** As his books know them; a colleague or a queue that they do not know by its own name. */
async function namesIn(
  directory: Directory,
  { call, extensions }: { call: Call; extensions: ReadonlyMap<UserId, string> },
  reader: UserId | undefined,
): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  const queues = companyNumbers(await directory.queues())
  const { ours, callers } = numbersOf(call, extensions)
  for (const number of callers) {
    // What a caller sends as his number is his own choice: it must not make a colleague of him.
    const pretends = (await directory.userAt(number)) !== undefined
    const name = pretends ? undefined : await directory.nameOf(number, reader)
    if (name !== undefined) names.set(number, name)
  }
  for (const number of ours) {
    const name =
      (await directory.nameOf(number, reader)) ??
      (await directory.userAt(number))?.name ??
      queues.find((queue) => queue.number === number)?.name
    if (name !== undefined) names.set(number, name)
  }
  return names
}
