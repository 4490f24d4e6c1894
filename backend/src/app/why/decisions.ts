import type { Call } from '../../domain/call/call.js'
import { isAvailable } from '../../domain/operator/operator.js'
import { decide, type Moment } from '../../domain/why/decide.js'
import type { ClosedSpan, Span } from '../../domain/records/span.js'
import type { Log } from '../ports.js'
import type { Outbox, RecordNotes } from '../records/ports.js'
import type { RecordWriter } from '../records/record-writer.js'
import type { Floor } from '../monitor/floor.js'

export interface DecisionsDeps {
  /** Everybody as last saved: from memory. */
  floor: Pick<Floor, 'staffOf' | 'operatorWith'>
  outbox: Pick<Outbox, 'put'>
  writer: Pick<RecordWriter, 'wake'>
  log: Log
}

/**
 * Writes down why: who was considered at each offer of a queue's call, and when a caller began to wait and nobody was free. It
 * hears of both when they have happened, and looks around once the call has gone on: nothing waits for it. What it cannot write
 * is lost, and the call's story then says less.
 */
export class Decisions implements RecordNotes {
  /** Calls that wait in a queue, or ring out of it. */
  private readonly inLine = new Map<string, 'waits' | 'rings'>()
  private readonly writing = new Set<Promise<void>>()

  constructor(private readonly deps: DecisionsDeps) {}

  noted(subject: string, over: ClosedSpan[], open: Span[]): void {
    const visit = open.find(({ kind }) => kind === 'visit')
    const offer = open.find(({ kind, what }) => kind === 'offer' && what === 'queue')
    const before = this.inLine.get(subject)
    const answered = over.some(({ kind, outcome }) => kind === 'offer' && outcome === 'answered')
    if (!visit || answered) {
      this.inLine.delete(subject)
    } else if (offer) {
      this.inLine.set(subject, 'rings')
      // Anew also when it went from one operator straight to the next.
      if (before !== 'rings' || over.some(({ kind }) => kind === 'offer'))
        this.soon(() => this.offered(offer))
    } else {
      this.inLine.set(subject, 'waits')
      const since = before === 'rings' ? Math.max(...over.map(({ until }) => until)) : visit.since
      if (before !== 'waits') this.soon(() => this.waits(visit, since))
    }
  }

  /** At the start, before the first change: what it heard before. */
  begin(calls: Call[]): void {
    for (const { id, status } of calls) {
      if (status === 'waiting') this.inLine.set(id, 'waits')
      if (status === 'offered') this.inLine.set(id, 'rings')
    }
  }

  /** Settles when everything is on its way to the database. */
  async idle(): Promise<void> {
    while (this.writing.size > 0) await Promise.all(this.writing)
  }

  private offered(offer: Span): Promise<void> {
    const { operator: chosen } = offer
    const idleSince = chosen && this.deps.floor.operatorWith(chosen)?.idleSince
    return this.write(offer, {
      at: offer.since,
      ...(chosen === undefined ? {} : { chosen }),
      ...(idleSince === undefined ? {} : { chosenIdleSince: idleSince }),
    })
  }

  private async waits(visit: Span, since: number): Promise<void> {
    const queueId = visit.visit?.queueId
    // Somebody is: an offer follows in a moment, or he is for those who are before him.
    if (queueId === undefined || this.deps.floor.staffOf(queueId).some(isAvailable)) return
    await this.write(visit, { at: since })
  }

  private async write({ callId, visit }: Span, moment: Moment): Promise<void> {
    if (!visit || callId === undefined) return
    const { floor, outbox, writer } = this.deps
    const { at, chosen } = moment
    const decision = decide(floor.staffOf(visit.queueId), moment)
    const span: ClosedSpan = {
      key: `${callId} ${String(at)} ${chosen ?? 'nobody'} decision`,
      kind: 'decision',
      what: chosen === undefined ? 'nobody-free' : 'offered',
      since: at,
      until: at,
      callId,
      visit,
      ...(chosen === undefined ? {} : { operator: chosen }),
      detail: { decision },
    }
    await outbox.put(span)
    writer.wake()
  }

  /** After the call's own step. */
  private soon(task: () => Promise<void>): void {
    const done = new Promise<void>((resolve) => setImmediate(resolve))
      .then(task)
      .catch((error: unknown) => this.deps.log.warn({ err: error }, 'a decision was not written down'))
    const written = done.finally(() => this.writing.delete(written))
    this.writing.add(written)
  }
}
