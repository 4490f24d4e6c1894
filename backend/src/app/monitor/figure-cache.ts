import { ALL_QUEUES, type BoardQueue, type UserId } from '@tsunagu/contract'
import type { Values } from '../../domain/metrics/figures.js'
import type { Subject } from '../../domain/metrics/ledger.js'
import type { MetricSettings } from '../../domain/metrics/terms.js'
import type { Directory } from '../ports.js'
import type { Floor } from './floor.js'
import type { Figures } from './ports.js'

/** A queue, or the whole site, with its figures. */
export interface Site {
  key: BoardQueue['key']
  name: string
  subject: Subject
  today: Values
  settings: MetricSettings
}

/**
 * The figures that the board shows. To compute one takes all that goes on, so they are computed together and not at every
 * change: those of the queues at every call, an operator's after something happened to him, everybody's when a day begins.
 */
export class FigureCache {
  private readonly due = new Set<UserId>()
  private readonly ofOperators = new Map<UserId, Values>()
  private all: Site[] = []
  private day = 0

  constructor(private readonly deps: { figures: Figures; directory: Directory; floor: Floor }) {}

  get anyDue(): boolean {
    return this.due.size > 0
  }

  mark(id: UserId): void {
    this.due.add(id)
  }

  forget(id: UserId): void {
    this.due.delete(id)
    this.ofOperators.delete(id)
  }

  ofOperator(id: UserId): Values | undefined {
    return this.ofOperators.get(id)
  }

  /** The whole site first. */
  sites(): Site[] {
    return this.all
  }

  /** Computes what is due; whose figures these are. */
  async refresh(): Promise<UserId[]> {
    const { figures, directory } = this.deps
    this.turnPage()
    const queues = await directory.queues()
    const ids = [...this.due]
    this.due.clear()
    const sites: { key: Site['key']; name: string; subject: Subject }[] = [
      { key: ALL_QUEUES, name: '', subject: 'all' },
      ...queues.map(({ id, name }) => ({ key: id, name, subject: { queue: id } })),
    ]
    const values = figures.values(
      ...sites.map(({ subject }) => subject),
      ...ids.map((operator) => ({ operator })),
    )
    this.all = sites.flatMap((site, i) => {
      const today = values[i]
      return today ? [{ ...site, today, settings: figures.settingsOf(site.subject) }] : []
    })
    ids.forEach((id, i) => {
      const today = values[sites.length + i]
      if (today) this.ofOperators.set(id, today)
    })
    return ids
  }

  private turnPage(): void {
    const { figures, floor } = this.deps
    const { from } = figures.today()
    if (from === this.day) return
    this.day = from
    this.ofOperators.clear()
    for (const { id } of floor.operators()) this.due.add(id)
  }
}
