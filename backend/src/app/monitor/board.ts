import type { BoardSnapshot, CallId, UserId } from '@tsunagu/contract'
import type { Call } from '../../domain/call/call.js'
import { operatorsOf } from '../../domain/call/names.js'
import type { Operator } from '../../domain/operator/operator.js'
import type { Clock, Directory, Log } from '../ports.js'
import { FigureCache } from './figure-cache.js'
import type { Floor } from './floor.js'
import { NumberedTables, type TableUpdate } from './numbered-tables.js'
import type { BoardPublisher, Changes, Figures, Limits, Listeners } from './ports.js'
import { RowSource } from './row-source.js'

export interface BoardDeps {
  floor: Floor
  figures: Figures
  directory: Directory
  listeners: Listeners
  limits: Limits
  publisher: BoardPublisher
  clock: Clock
  log: Log
  /** Tells the numbers of this process from those of one before it. */
  run: string
}

/** Changes within this time go out as one message, ms; the first after a pause goes out at once. */
const TOGETHER_MS = 100
/** Figures of what goes on move by themselves: so often they are computed when nothing happens, in beats. */
const QUIET_BEATS = 10

/**
 * The supervisors' board. Whatever is saved marks rows; marked rows are put together anew, and what differs goes out once, to
 * all monitors: what a change costs a monitor does not grow with the number of operators.
 */
export class Board implements Changes {
  private readonly tables: NumberedTables
  private readonly figures: FigureCache
  private readonly rows: RowSource
  private readonly operators = new Set<UserId>()
  private readonly calls = new Set<CallId>()
  /** At whose phones a call was when we last looked. */
  private readonly seats = new Map<CallId, UserId[]>()
  private callsMoved = true
  private beats = 0
  private timer: NodeJS.Timeout | undefined
  private flushedAt = 0
  private working: Promise<void> = Promise.resolve()

  constructor(private readonly deps: BoardDeps) {
    this.tables = new NumberedTables(deps.run)
    this.figures = new FigureCache(deps)
    this.rows = new RowSource({ ...deps, figures: this.figures })
    deps.floor.watch(this)
  }

  operator({ id }: Operator): void {
    this.operators.add(id)
    this.figures.mark(id)
    this.soon()
  }

  operatorLeft(id: UserId): void {
    this.operators.add(id)
    this.figures.forget(id)
    this.soon()
  }

  call(call: Call): void {
    const now = operatorsOf(call)
    for (const id of [...(this.seats.get(call.id) ?? []), ...now]) this.operators.add(id)
    if (call.status === 'ended') this.seats.delete(call.id)
    else this.seats.set(call.id, now)
    this.calls.add(call.id)
    this.callsMoved = true
    this.soon()
  }

  callLost(id: CallId): void {
    for (const operator of this.seats.get(id) ?? []) this.operators.add(operator)
    this.seats.delete(id)
    this.calls.add(id)
    this.callsMoved = true
    this.soon()
  }

  /** Something besides their own state is different about these operators: who listens to them. */
  again(ids: Iterable<UserId>): void {
    for (const id of ids) this.operators.add(id)
    this.soon()
  }

  /** Time alone has changed something: a limit is crossed. */
  look(): void {
    this.soon()
  }

  /** Limits or the rules of the figures are others: both hold with the next beat, which need not wait for a call. */
  settingsChanged(): void {
    this.callsMoved = true
    this.soon()
  }

  /** Everything as the monitors have it by now. */
  snapshot(): BoardSnapshot {
    return this.tables.snapshot(this.deps.clock.now())
  }

  /** Once a second: figures. Never throws. */
  beat(): Promise<void> {
    return this.flush(async () => {
      const due = this.callsMoved || this.figures.anyDue || this.beats % QUIET_BEATS === 0
      this.beats++
      if (!due) return
      this.callsMoved = false
      for (const id of await this.figures.refresh()) this.operators.add(id)
    })
  }

  /** Settles when nothing is under way, for a graceful stop. */
  async idle(): Promise<void> {
    clearTimeout(this.timer)
    await this.working
  }

  private soon(): void {
    if (this.timer) return
    const wait = Math.max(0, this.flushedAt + TOGETHER_MS - this.deps.clock.now())
    this.timer = setTimeout(() => void this.flush(), Math.min(wait, TOGETHER_MS))
    this.timer.unref()
  }

  /** One after another: two at once could send a row's older content last. */
  private flush(before?: () => Promise<void>): Promise<void> {
    clearTimeout(this.timer)
    this.timer = undefined
    this.flushedAt = this.deps.clock.now()
    const work = async (): Promise<void> => {
      await before?.()
      await this.publish()
    }
    this.working = this.working.then(work).catch((err: unknown) => {
      this.deps.log.error({ err }, 'the board was not brought up to date')
    })
    return this.working
  }

  /** What could not be brought up to date stays marked for the next beat. */
  private async publish(): Promise<void> {
    const [operators, calls] = [take(this.operators), take(this.calls)]
    try {
      await this.bringUpToDate(operators, calls)
    } catch (error) {
      for (const id of operators) this.operators.add(id)
      for (const id of calls) this.calls.add(id)
      throw error
    }
  }

  private async bringUpToDate(marked: UserId[], calls: CallId[]): Promise<void> {
    const [operators, waiting, parked] = [
      await this.rows.operators(marked),
      await this.rows.waiting(calls),
      await this.rows.parked(),
    ]
    const gone = keysWithout(this.tables.keys('parked'), parked)
    this.send({ operators, waiting, queues: { set: this.rows.queues() }, parked: { set: parked, gone } })
    this.publishCrossings()
  }

  private publishCrossings(): void {
    const { tables } = this
    const crossings = this.deps.limits.rows({
      operators: tables.rows('operators'),
      queues: tables.rows('queues'),
      waiting: tables.rows('waiting'),
    })
    this.send({ crossings: { set: crossings, gone: keysWithout(tables.keys('crossings'), crossings) } })
  }

  private send(update: TableUpdate): void {
    const change = this.tables.put(update, this.deps.clock.now())
    if (change) this.deps.publisher.boardChange(change)
  }
}

function take<T>(marked: Set<T>): T[] {
  const all = [...marked]
  marked.clear()
  return all
}

function keysWithout(keys: string[], rows: { key: string }[]): string[] {
  const there = new Set(rows.map(({ key }) => key))
  return keys.filter((key) => !there.has(key))
}
