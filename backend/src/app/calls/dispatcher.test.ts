import { callId, queueId, userId, type CallId, type PageId } from '@tsunagu/contract'
import { beforeEach, expect, test } from 'vitest'
import type { CallEvent } from '../../domain/call/messages.js'
import type { OperatorEvent } from '../../domain/operator/operator.js'
import type { Heads } from '../../domain/queue/next-match.js'
import type { Operators } from '../operators/operators.js'
import type { Directory } from '../ports.js'
import type { Calls, Handled } from './calls.js'
import { Dispatcher, type DispatcherDeps } from './dispatcher.js'

const main = queueId('main')
const support = queueId('support')

/** Lines of two queues, as lists; taking somebody takes him out. */
let waiting: Record<string, { callId: CallId; score: number }[]>
let ready: Record<string, string[]>
let did: string[]
/** The next offers are refused. */
let refuse: Handled[]
/** The next operators were taken by somebody else. */
let taken: number
let errors: string[]
let has: boolean
let asteriskIsThere: boolean
let dispatcher: Dispatcher

beforeEach(() => {
  waiting = { main: [], support: [] }
  ready = { main: [], support: [] }
  ;[did, refuse, taken, errors, has] = [[], [], 0, [], true]
  const mayDistribute = () => asteriskIsThere
  asteriskIsThere = true
  dispatcher = new Dispatcher({ ...deps(), mayDistribute, clock: { now: () => 1_000 } } as DispatcherDeps)
})

function deps(): Omit<DispatcherDeps, 'clock' | 'mayDistribute'> {
  const heads = (): Heads[] =>
    [main, support].map((id) => {
      const [first] = waiting[id] ?? []
      const [free] = ready[id] ?? []
      return {
        queueId: id,
        ...(first ? { waiting: first } : {}),
        ...(free ? { ready: { operatorId: userId(free), since: 0 } } : {}),
      }
    })
  const operators = {
    has: () => Promise.resolve(has),
    apply: (id: string, event: OperatorEvent) => Promise.resolve(applied(id, event)),
  }
  const calls = { handle: (id: CallId, event: CallEvent) => Promise.resolve(handled(id, event)) }
  const queues = [main, support].map((id) => ({ id, name: id, numbers: [], ringMs: 20_000 }))
  const note = (): void => undefined
  return {
    lines: { heads: () => Promise.resolve(heads()) },
    directory: { queues: () => Promise.resolve(queues) } as unknown as Directory,
    operators: operators as unknown as Operators,
    calls: calls as unknown as Calls,
    log: { debug: note, info: note, warn: note, error: (_fields, message) => errors.push(message) },
  }
}

function applied(id: string, event: OperatorEvent): object {
  if (event.type === 'news') {
    did.push(`${id} back`)
    free(id)
    return { ok: true }
  }
  for (const line of Object.values(ready)) if (line.includes(id)) line.splice(line.indexOf(id), 1)
  if (taken > 0 && taken--) {
    did.push(`${id} is taken`)
    return { ok: false, code: 'wrong-state' }
  }
  return { ok: true, after: { page: 'page-one' as PageId } }
}

function handled(id: CallId, event: CallEvent): Handled {
  if (event.type !== 'offer') {
    did.push(`${id} ${event.type}`)
    return { ok: true }
  }
  const answer = refuse.shift() ?? { ok: true }
  did.push(`${id} to ${event.operatorId}${answer.ok ? '' : ' refused'}`)
  if (answer.ok) for (const line of Object.values(waiting)) remove(line, id)
  return answer
}

const remove = (line: { callId: CallId }[], id: CallId): void => {
  const at = line.findIndex((head) => head.callId === id)
  if (at >= 0) line.splice(at, 1)
}
let lineOf: Record<string, string[]> = {}
const free = (id: string, queues = lineOf[id] ?? ['main']): void => {
  lineOf = { ...lineOf, [id]: queues }
  for (const queue of queues) ready[queue]?.push(id)
}
const wait = (id: string, score: number, queue = 'main'): void =>
  void waiting[queue]?.push({ callId: callId(id), score })

async function run(): Promise<string[]> {
  dispatcher.request()
  await dispatcher.idle()
  return did
}

test('one match after the other, until there is none', async () => {
  for (const id of ['6320', '6321']) free(id)
  wait('c1', 1)
  wait('c2', 2)
  wait('c3', 3)
  expect(await run()).toEqual(['c1 to 6320', 'c2 to 6321'])
})

test('while Asterisk is away nobody is offered a call', async () => {
  free('6320')
  wait('c1', 1)
  asteriskIsThere = false
  expect(await run()).toEqual([])
  asteriskIsThere = true
  expect(await run()).toEqual(['c1 to 6320'])
})

test('over all queues the caller who came first', async () => {
  free('6320', ['main', 'support'])
  wait('c1', 5)
  wait('c2', 4, 'support')
  expect(await run()).toEqual(['c2 to 6320'])
})

test('nobody waits or nobody is free: nothing', async () => {
  wait('c1', 1)
  expect(await run()).toEqual([])
  waiting['main'] = []
  free('6320')
  expect(await run()).toEqual([])
})

test('an operator somebody else took is passed over', async () => {
  taken = 1
  for (const id of ['6320', '6321']) free(id)
  wait('c1', 1)
  expect(await run()).toEqual(['6320 is taken', 'c1 to 6321'])
})

test('a call that was not to be had gives its operator back, and the next one gets him', async () => {
  refuse = [{ ok: false, code: 'stale' }]
  free('6320')
  wait('c1', 1)
  expect(await run()).toEqual(['c1 to 6320 refused', '6320 back', 'c1 to 6320'])
})

test('what fails again and again is told, not spun on, and the next request tries anew', async () => {
  refuse = Array.from({ length: 5 }, () => ({ ok: false, code: 'stale' }) as const)
  free('6320')
  wait('c1', 1)
  expect(await run()).toHaveLength(10)
  expect(errors).toEqual(['distribution failed'])
  did = []
  expect(await run()).toEqual(['c1 to 6320'])
})

test('who left between being taken and being offered the call: the call is told', async () => {
  has = false
  free('6320')
  wait('c1', 1)
  expect(await run()).toEqual(['c1 to 6320', 'c1 operator-out'])
})

test('asked while it works, it looks once more', async () => {
  free('6320')
  dispatcher.request()
  wait('c1', 1)
  dispatcher.request()
  dispatcher.request()
  await dispatcher.idle()
  expect(did).toEqual(['c1 to 6320'])
})
