import {
  type ALL_QUEUES,
  PAST_DAYS,
  queueId,
  userId,
  type ActLog,
  type AlertHistory,
  type BoardCrossing,
  type BoardQueue,
  type CallId,
  type CallStory,
  type PastBoard,
  type QueueId,
  type UserId,
} from '@tsunagu/contract'
import { boardFigures, handled } from '../../domain/metrics/board-figures.js'
import { allValues } from '../../domain/metrics/figures.js'
import { tallyOf, type Ledger, type SettingsOf } from '../../domain/metrics/ledger.js'
import { dayOfDate, localDate, localDay, type Interval } from '../../domain/metrics/local-day.js'
import { byCall, goesOnAt, type Known } from '../../domain/past/as-of.js'
import { boardAt } from '../../domain/past/board-at.js'
import { askedStatuses, storyOf } from '../../domain/why/story.js'
import type { ClosedSpan, Span } from '../../domain/records/span.js'
import type { Clock, Directory } from '../ports.js'
import type { Outbox, PastStore } from '../records/ports.js'
import type { Days } from './days.js'
import { lookUp } from './people.js'

export interface PastDeps {
  past: PastStore
  outbox: Pick<Outbox, 'first'>
  /** Everything that goes on now. */
  goingOn(): Span[]
  days: Days
  directory: Directory
  clock: Clock
  timeZone: string
  /** The limits that are crossed now. */
  crossings(): BoardCrossing[]
  /** Of the figures: what holds for a queue, an operator, or all. */
  rules: SettingsOf
}

const DAY_MS = 86_400_000
/** What may be on its way to the database at once; after an outage it takes a moment. */
const MOST_POSTED = 10_000
/** As many as anybody reads of one day. */
const MOST_LISTED = 500

/** Looking back: the board at a moment, a call's story, what supervisors did. */
export class Past {
  constructor(private readonly deps: PastDeps) {}

  /** The days that can be looked back on; `undefined`: the date is none of them. Without a date: today. */
  dayOf(date: string | undefined): { date: string; day: Interval } | undefined {
    const { clock, timeZone } = this.deps
    const now = clock.now()
    const day = date === undefined ? localDay(now, timeZone) : dayOfDate(date, timeZone)
    if (day.from > now || day.from < this.earliest()) return undefined
    return { date: date ?? localDate(now, timeZone), day }
  }

  /** The beginning of the first day that can be looked back on. */
  earliest(): number {
    const { clock, timeZone } = this.deps
    const today = localDay(clock.now(), timeZone)
    // Noon, as the clock may have been changed since.
    return localDay(today.from + DAY_MS / 2 - (PAST_DAYS - 1) * DAY_MS, timeZone).from
  }

  /** `undefined`: the moment is to come, or too long ago. */
  async at(time: number): Promise<PastBoard | undefined> {
    const { past, clock, directory, timeZone, days } = this.deps
    const now = clock.now()
    if (time > now || time < this.earliest()) return undefined
    const spans = await this.spansAt(time)
    const mentioned = await lookUp(directory, spans)
    const day = localDay(time, timeZone)
    const ledger = await days.upTo(day, time, spans)
    const crossings = this.deps.crossings()
    const tables = boardAt(time, spans, { ...mentioned, ...this.figuresFrom(ledger), crossings })
    const { before, after } = await past.neighbours(time, DAY_MS)
    return {
      time,
      now,
      timeZone,
      day: { date: localDate(time, timeZone), ...day },
      earliest: this.earliest(),
      ...(before === undefined ? {} : { before }),
      ...(after === undefined || after > now ? {} : { after }),
      tables,
    }
  }

  /** Also of a call that goes on; `undefined`: nobody knows it. */
  async story(id: CallId): Promise<CallStory | undefined> {
    const { past, directory, clock } = this.deps
    const spans = await this.ofCalls([id])
    const asked = askedStatuses(spans)
    const since = Math.min(...spans.map((span) => span.since))
    const goingOn = this.deps
      .goingOn()
      .filter(({ kind, operator }) => kind === 'status' && operator && asked.includes(operator))
    const statuses = [...(await past.statuses(asked, { from: since, until: clock.now() })), ...goingOn]
    const { names, person } = await lookUp(directory, spans)
    const told = { person, queue: names.queue, nameOf: names.outside, now: clock.now() }
    return storyOf(id, spans, { told, statuses: unique(statuses) })
  }

  /** All that is known of these calls by now, over or going on. */
  async ofCalls(ids: CallId[]): Promise<Known[]> {
    const asked = new Set(ids)
    const isAsked = ({ callId }: Known): boolean => callId !== undefined && asked.has(callId)
    const now = await this.notYetStored()
    const known = unique([...now, ...(await this.deps.past.ofCalls(ids))]).filter(isAsked)
    return [...byCall(known).values()].flat()
  }

  async alerts(day: Interval): Promise<AlertHistory> {
    const { spans, total } = await this.listed('alert', day)
    const { person } = await lookUp(this.deps.directory, spans)
    const alerts = spans.flatMap((span) => {
      const { operator, since, callId, detail } = span
      const { acknowledgedBy, acknowledgedAt } = detail ?? {}
      return operator === undefined
        ? []
        : {
            operator: person(operator),
            since,
            ...('until' in span ? { until: span.until } : {}),
            ...(acknowledgedBy === undefined ? {} : { acknowledgedBy }),
            ...(acknowledgedAt === undefined ? {} : { acknowledgedAt }),
            ...(callId === undefined ? {} : { callId }),
          }
    })
    return { alerts, total }
  }

  async acts(day: Interval): Promise<ActLog> {
    const { spans, total } = await this.listed('act', day)
    const { person, names } = await lookUp(this.deps.directory, spans)
    const acts = spans.map(({ since, what = '', operator, callId, detail: { by = '', to } = {} }) => ({
      at: since,
      act: what,
      by: person(userId(by)),
      ...(operator === undefined ? {} : { operator: person(operator) }),
      ...(callId === undefined ? {} : { callId }),
      ...(to === undefined ? {} : { to: what === 'move-call' ? names.queue(queueId(to)) : to }),
    }))
    return { acts, total }
  }

  /** The latest first, with what is on its way to the database. */
  private async listed(kind: 'alert' | 'act', day: Interval): Promise<{ spans: Known[]; total: number }> {
    const isAsked = (span: Known): boolean =>
      span.kind === kind && span.since >= day.from && span.since < day.until
    const fresh = (await this.notYetStored()).filter(isAsked)
    const { spans, total } = await this.deps.past.listed(kind, day, MOST_LISTED)
    const all = unique([...fresh, ...spans]).sort((a, b) => b.since - a.since)
    return { spans: all, total: total + all.length - spans.length }
  }

  /** What went on at a moment, and all that is known of the calls among it. */
  private async spansAt(time: number): Promise<Known[]> {
    const { past } = this.deps
    const fresh = await this.notYetStored()
    const then = unique([...fresh, ...(await past.at(time))]).filter((span) => goesOnAt(span, time))
    const calls = then.flatMap(({ kind, callId }) =>
      kind === 'call' && callId !== undefined ? [callId] : [],
    )
    const ofCalls = await past.ofCalls(calls)
    const wanted = new Set(calls)
    const ofOpen = fresh.filter(({ callId }) => callId !== undefined && wanted.has(callId))
    return unique([...then, ...ofOpen, ...ofCalls])
  }

  /**
   * What goes on, and what is over and on its way to the database. Asked before the database is: what moves on meanwhile is then
   * there twice instead of not at all, and `unique` takes the later.
   */
  private async notYetStored(): Promise<Known[]> {
    const open = this.deps.goingOn()
    const posted: ClosedSpan[] = (await this.deps.outbox.first(MOST_POSTED)).map(({ span }) => span)
    return [...open, ...posted]
  }

  private figuresFrom(ledger: Ledger) {
    const { rules } = this.deps
    return {
      figures: (subject: typeof ALL_QUEUES | { queue: QueueId }) =>
        boardFigures(allValues(tallyOf(ledger, subject))),
      handled: (operator: UserId) => handled(allValues(tallyOf(ledger, { operator }))),
      serviceLevel: (subject: typeof ALL_QUEUES | { queue: QueueId }): BoardQueue['serviceLevel'] => {
        const { formula, withinMs, target } = rules(subject)
        return { formula, withinMs, target }
      },
    }
  }
}

/** Of two with one key the later counts: it is the one that is over. */
function unique<Of extends Known>(spans: Of[]): Of[] {
  return [...new Map(spans.map((span) => [span.key, span])).values()]
}
