import type {
  CallId,
  CallOutcome,
  CallStory,
  DecisionView,
  Person,
  QueueId,
  StatusKind,
  StoryStep,
  StoryVisit,
  UserId,
  WaitPart,
} from '@tsunagu/contract'
import { endOf, type Known } from '../past/as-of.js'
import type { Decision } from '../records/span.js'

/** What is looked up for a story. */
export interface Told {
  person(id: UserId): Person
  queue(id: QueueId): string
  /** Of an outside number. */
  nameOf(number: string): string | undefined
  now: number
}

/**
 * Pure: why a call waited as long as it did, and what became of it. `spans`: all that is known of the call, over or going on;
 * `statuses`: what the operators who were considered did meanwhile.
 */
export function storyOf(
  id: CallId,
  spans: Known[],
  more: { told: Told; statuses: Known[] },
): CallStory | undefined {
  const { told } = more
  const whole = spans.find(({ kind }) => kind === 'call')
  if (!whole) return undefined
  const { number } = whole.detail ?? {}
  const name = number === undefined ? undefined : told.nameOf(number)
  return {
    callId: id,
    direction: whole.what as CallStory['direction'],
    ...(number === undefined || number === '' ? {} : { number }),
    ...(name === undefined ? {} : { name }),
    ...times(whole, told.now),
    visits: ofKind(spans, 'visit').flatMap((visit) => visitOf(visit, spans, more) ?? []),
    steps: spans.flatMap((span) => stepOf(span, told) ?? []).sort((a, b) => a.since - b.since),
  }
}

/** Whom the story needs the statuses of, and when. */
export function askedStatuses(spans: Known[]): UserId[] {
  const waits = ofKind(spans, 'decision').filter(({ what }) => what === 'nobody-free')
  return [
    ...new Set(
      waits.flatMap(({ detail }) => detail?.decision?.passed.flatMap(({ operators }) => operators) ?? []),
    ),
  ]
}

const ofKind = (spans: Known[], kind: Known['kind']): Known[] =>
  spans.filter((span) => span.kind === kind).sort((a, b) => a.since - b.since)

function times(span: Known, now: number): { since: number; until: number; open?: true } {
  const end = endOf(span)
  return {
    since: span.since,
    until: Math.max(end ?? now, span.since),
    ...(end === undefined ? { open: true } : {}),
  }
}

function visitOf(
  span: Known,
  spans: Known[],
  { told, statuses }: { told: Told; statuses: Known[] },
): StoryVisit | undefined {
  const { visit, detail } = span
  if (!visit) return undefined
  const { since, until } = times(span, told.now)
  const inIt = (one: Known): boolean => one.visit?.n === visit.n && one.since >= since && one.since <= until
  const offers = ofKind(spans, 'offer').filter((one) => one.what === 'queue' && inIt(one))
  const decisions = ofKind(spans, 'decision').filter(inIt)
  const parts = partsOf({ offers, since, until, told }).map((part) =>
    withDecision(part, { decisions, statuses, told }),
  )
  const last = parts.at(-1)
  if (last && endOf(span) === undefined) last.open = true
  return {
    queue: { id: visit.queueId, name: told.queue(visit.queueId) },
    enteredAt: since,
    until,
    outcome: 'outcome' in span ? (span.outcome as CallOutcome) : 'waiting',
    ...(detail?.again ? { again: true as const } : {}),
    parts,
  }
}

interface Wait {
  offers: Known[]
  since: number
  until: number
  told: Told
}

/** Ringing at one after another, and what lies between: without a gap from the entry to the end. */
function partsOf({ offers, since, until, told }: Wait): WaitPart[] {
  const parts: WaitPart[] = []
  let reached = since
  let between: WaitPart['kind'] = 'in-line'
  for (const offer of offers) {
    const end = Math.min(endOf(offer) ?? until, until)
    const outcome = 'outcome' in offer ? offer.outcome : undefined
    parts.push({ kind: between, since: reached, until: offer.since })
    parts.push({
      kind: 'ringing',
      since: Math.max(offer.since, reached),
      until: end,
      ...(offer.operator === undefined ? {} : { operator: told.person(offer.operator) }),
      ...(outcome === undefined ? {} : { outcome }),
    })
    reached = Math.max(end, reached)
    between = outcome === 'answered' ? 'connecting' : 'in-line'
  }
  parts.push({ kind: between, since: reached, until })
  const lasting = parts.filter((part) => part.until > part.since)
  return lasting.length > 0 ? lasting : parts.slice(-1)
}

interface Reasons {
  decisions: Known[]
  statuses: Known[]
  told: Told
}

function withDecision(part: WaitPart, { decisions, statuses, told }: Reasons): WaitPart {
  const found = decisions.find((one) =>
    part.kind === 'ringing'
      ? one.operator === part.operator?.id && one.since === part.since
      : one.operator === undefined && one.since >= part.since && one.since < part.until,
  )
  const decided = found?.detail?.decision
  if (!found || !decided || part.kind === 'connecting') return part
  const decision = decisionView(found, decided, told)
  if (part.kind === 'ringing') return { ...part, decision }
  const asked = new Set(decided.passed.flatMap(({ operators }) => operators))
  const own = statuses.filter(({ operator }) => operator !== undefined && asked.has(operator))
  return { ...part, kind: 'nobody-free', decision, doing: doingIn(own, part) }
}

function decisionView({ since, operator }: Known, { idleMs, passed }: Decision, told: Told): DecisionView {
  const person = (id: UserId): Person & { idleMs?: number } => {
    const idle = idleMs[id]
    return { ...told.person(id), ...(idle === undefined ? {} : { idleMs: idle }) }
  }
  return {
    at: since,
    ...(operator === undefined ? {} : { chosen: person(operator) }),
    passed: passed.map(({ why, operators, more = 0 }) => ({ why, operators: operators.map(person), more })),
  }
}

/** How long operators were in each status in an interval, all of them together; the longest first. */
function doingIn(statuses: Known[], { since, until }: WaitPart): NonNullable<WaitPart['doing']> {
  const sums = new Map<StatusKind, number>()
  for (const span of statuses) {
    const ms = Math.min(endOf(span) ?? until, until) - Math.max(span.since, since)
    const status = span.what as StatusKind
    if (ms > 0) sums.set(status, (sums.get(status) ?? 0) + ms)
  }
  return [...sums].map(([status, ms]) => ({ status, ms })).sort((a, b) => b.ms - a.ms)
}

const STEPS = {
  talk: 'talk',
  hold: 'hold',
  away: 'away',
  park: 'park',
  consult: 'consult',
  'handed-over': 'handed-over',
} as const

function stepOf(span: Known, told: Told): StoryStep | undefined {
  const kind = stepKind(span)
  if (!kind) return undefined
  const when = times(span, told.now)
  const outcome = 'outcome' in span ? span.outcome : undefined
  const ending = outcome === undefined ? {} : { outcome }
  if (kind === 'end') return { kind, since: when.until, until: when.until, ...ending }
  const { operator, detail } = span
  return {
    kind,
    ...when,
    ...(operator === undefined ? {} : { operator: told.person(operator) }),
    ...(detail?.slot === undefined ? {} : { slot: detail.slot }),
    ...(kind === 'consult' && detail?.number !== undefined ? { number: detail.number } : {}),
    ...ending,
  }
}

/** What rings out of the queue is told as a part of the wait, and what one takes out of a slot does not ring. */
function stepKind(span: Known): StoryStep['kind'] | undefined {
  const { kind, what } = span
  if (kind === 'call') return endOf(span) === undefined ? undefined : 'end'
  if (kind === 'offer') return what === 'queue' || what === 'taken' ? undefined : 'ring'
  return kind in STEPS ? STEPS[kind as keyof typeof STEPS] : undefined
}
