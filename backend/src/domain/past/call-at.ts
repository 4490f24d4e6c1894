import type { CallId, CallView, QueueId, TargetView, UserId } from '@tsunagu/contract'
import { endOf, type Known } from './as-of.js'

/** What is looked up for calls of the past: names as they are now. */
export interface Names {
  /** Of an outside number, in the shared book. */
  outside(number: string): string | undefined
  /** Of whoever has this extension, or this ID. */
  colleague(number: string): string | undefined
  extensionOf(id: UserId): string
  queue(id: QueueId): string
}

/** A call as it was: its spans as of a moment, and which of them went on. */
export interface CallThen {
  id: CallId
  whole: Known
  open: Known[]
  all: Known[]
}

export function callThen(id: CallId, all: Known[]): CallThen | undefined {
  const open = all.filter((span) => endOf(span) === undefined)
  const whole = open.find(({ kind }) => kind === 'call')
  return whole && { id, whole, open, all }
}

/** Everybody whose phone had a part in it. */
export function phonesOf({ whole, open }: CallThen): UserId[] {
  const parts = open.filter(({ kind }) => kind !== 'visit' && kind !== 'park')
  const ids = parts.flatMap(({ operator }) => (operator === undefined ? [] : [operator]))
  const other = whole.detail?.with as UserId | undefined
  return [...new Set([...ids, ...(other === undefined ? [] : [other])])]
}

/** Pure: the call as it was on this operator's phone (see `callView`, which shows the present). */
export function callAt(call: CallThen, me: UserId, names: Names): CallView | undefined {
  if (call.whole.what === 'internal') return internalAt(call, me, names)
  return targetAt(call, me, names) ?? ownAt(call, me, names)
}

const mine = (call: CallThen, me: UserId, kind: Known['kind']): Known | undefined =>
  call.open.find((span) => span.kind === kind && span.operator === me)

const isUp = (call: CallThen, me: UserId): boolean => mine(call, me, 'leg')?.detail?.upAt !== undefined

/** Somebody asks him to take a caller over. */
function targetAt(call: CallThen, me: UserId, names: Names): CallView | undefined {
  const consult = call.open.find(
    ({ kind, what, detail }) =>
      kind === 'consult' && what === 'operator' && detail?.number === names.extensionOf(me),
  )
  if (!consult?.operator) return undefined
  const { answeredAt } = consult.detail ?? {}
  return {
    id: call.id,
    phase: answeredAt === undefined ? 'ringing' : 'talking',
    direction: 'in',
    internal: true,
    ...inside(consult.operator, names),
    since: answeredAt ?? consult.since,
    waitedMs: 0,
    onBehalfOf: outside(call, names),
  }
}

function ownAt(call: CallThen, me: UserId, names: Names): CallView | undefined {
  const found = phaseAt(call, me)
  if (!found) return undefined
  const { target, ...phase } = found
  return {
    id: call.id,
    ...phase,
    direction: call.whole.what === 'out' ? 'out' : 'in',
    internal: false,
    ...outside(call, names),
    ...queueAt(call, names),
    waitedMs: waitedMs(call, me),
    ...(target ? { target: targetView(target, names) } : {}),
  }
}

type Phase = Pick<CallView, 'phase' | 'since'> & { target?: Known }

function phaseAt(call: CallThen, me: UserId): Phase | undefined {
  const offer = mine(call, me, 'offer')
  if (offer) return { phase: offer.what === 'taken' ? 'talking' : 'ringing', since: offer.since }
  const since = talkingSince(call, me)
  if (mine(call, me, 'away')) return { phase: 'rejoining', since }
  const target = mine(call, me, 'consult')
  if (target) return { phase: isUp(call, me) ? 'consulting' : 'rejoining', since, target }
  if (mine(call, me, 'hold')) return { phase: 'held', since }
  if (mine(call, me, 'talk')) return { phase: 'talking', since }
  return betweenAt(call, me)
}

/** Nothing goes on but the leg: the two are being connected, or he dials, which goes on while his phone is gone. */
function betweenAt(call: CallThen, me: UserId): Phase | undefined {
  const answered = call.all.findLast(({ kind, operator }) => kind === 'offer' && operator === me)
  const leg = mine(call, me, 'leg')
  if (leg && answered) {
    return { phase: answered.what === 'taken' ? 'talking' : 'ringing', since: endOf(answered) ?? leg.since }
  }
  const dials = call.whole.what === 'out' && !call.all.some(({ kind }) => kind === 'talk')
  const isHis = call.all.some(({ kind, operator }) => kind === 'leg' && operator === me)
  return dials && isHis ? { phase: 'dialling', since: call.whole.since } : undefined
}

/** The clock of a talk goes on over holds, and over a phone that was gone. */
function talkingSince(call: CallThen, me: UserId): number {
  const own = call.all.filter(
    ({ kind, operator }) => operator === me && (kind === 'talk' || kind === 'hold' || kind === 'away'),
  )
  let since = own.at(-1)?.since ?? call.whole.since
  for (const span of own.reverse()) if (endOf(span) === since) since = span.since
  return since
}

function waitedMs(call: CallThen, me: UserId): number {
  const rang = call.all.findLast(({ kind, operator }) => kind === 'offer' && operator === me)
  if (!rang) return 0
  const from = rang.what === 'queue' ? call.whole.since : parkedSince(call, rang.since)
  return from === undefined ? 0 : rang.since - from
}

const parkedSince = ({ all }: CallThen, until: number): number | undefined =>
  all.findLast((span) => span.kind === 'park' && endOf(span) === until)?.since

function outside({ whole }: CallThen, names: Names): { number?: string; name?: string } {
  const number = whole.detail?.number
  if (number === undefined || number === '') return {}
  const name = names.outside(number)
  return { number, ...(name === undefined ? {} : { name }) }
}

function inside(id: UserId, names: Names): { number: string; name?: string } {
  const number = names.extensionOf(id)
  const name = names.colleague(id)
  return { number, ...(name === undefined ? {} : { name }) }
}

function queueAt({ whole, all }: CallThen, names: Names): Pick<CallView, 'queue'> {
  const id = all.findLast(({ visit }) => visit)?.visit?.queueId
  if (whole.what !== 'in' || id === undefined) return {}
  return { queue: { id, name: names.queue(id), number: whole.detail?.dialled ?? '' } }
}

function targetView({ what, since, detail }: Known, names: Names): TargetView {
  const { answeredAt, number = '' } = detail ?? {}
  const kind = what as TargetView['kind']
  const ringing = answeredAt === undefined ? 'ringing' : 'talking'
  const name = names.colleague(number) ?? names.outside(number)
  return {
    kind,
    phase: kind === 'queue' ? 'ready' : ringing,
    number,
    ...(name === undefined ? {} : { name }),
    since: answeredAt ?? since,
  }
}

function internalAt(call: CallThen, me: UserId, names: Names): CallView | undefined {
  const from = call.whole.operator
  const to = call.whole.detail?.with as UserId | undefined
  if (from === undefined || to === undefined || (me !== from && me !== to)) return undefined
  const talked = call.all.find(({ kind }) => kind === 'talk')
  const holder = call.open.find(({ kind }) => kind === 'hold')?.operator
  const other = me === from ? to : from
  const heldByOther = holder === other
  return {
    id: call.id,
    phase: internalPhase({
      talked: talked !== undefined,
      held: holder === me,
      up: isUp(call, me),
      dialled: me === from,
    }),
    direction: me === from ? 'out' : 'in',
    internal: true,
    ...inside(other, names),
    since: talked?.since ?? call.whole.since,
    waitedMs: 0,
    ...(heldByOther ? { heldByOther } : {}),
  }
}

function internalPhase(was: {
  talked: boolean
  held: boolean
  up: boolean
  dialled: boolean
}): CallView['phase'] {
  if (!was.talked) return was.dialled ? 'dialling' : 'ringing'
  if (!was.up) return 'rejoining'
  return was.held ? 'held' : 'talking'
}
