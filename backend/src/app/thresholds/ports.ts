import type { ClosedSpan } from '../../domain/records/span.js'
import type { Crossing } from '../../domain/thresholds/crossings.js'

/** The crossings that go on, kept over a restart so that each keeps its beginning. */
export interface CrossingStore {
  load(): Promise<Crossing[]>
  /** What goes on now, and with it, in one step, what is over on its way to the records. */
  keep(open: Crossing[], over: ClosedSpan[]): Promise<void>
}
