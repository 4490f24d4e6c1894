import type { ClosedSpan, Span } from '../../domain/records/span.js'
import type { Clock, Ids } from '../ports.js'
import type { Act, Outbox, RecordNotes, Records } from './ports.js'
import type { RecordWriter } from './record-writer.js'

export interface KeeperDeps {
  outbox: Outbox
  writer: Pick<RecordWriter, 'wake'>
  /** Those who hear of everything at once, such as the figures of the day. */
  heard: RecordNotes[]
  clock: Clock
  ids: Ids
}

/** Hears what was saved, and tells those who live on it: the figures now, the database soon. */
export class RecordKeeper implements Records {
  constructor(private readonly deps: KeeperDeps) {}

  noted(subject: string, over: ClosedSpan[], open: Span[]): void {
    const { heard, writer } = this.deps
    for (const one of heard) one.noted(subject, over, open)
    if (over.length > 0) writer.wake()
  }

  async act({ by, act: what, operator, callId, detail }: Act): Promise<void> {
    const { outbox, writer, clock, ids } = this.deps
    const at = clock.now()
    const key = `${by} ${String(at)} ${ids.unique()} act`
    const about = {
      ...(operator === undefined ? {} : { operator }),
      ...(callId === undefined ? {} : { callId }),
    }
    const known = { by, ...(detail === undefined ? {} : { to: detail }) }
    await outbox.put({ key, kind: 'act', what, since: at, until: at, ...about, detail: known })
    writer.wake()
  }
}
