import {
  queueId,
  userId,
  type BoardFigures,
  type BoardOperator,
  type BoardQueue,
  type BoardSnapshot,
  type BoardWaiting,
} from '@tsunagu/contract'

/** Rows to start a test from. */
export const operatorRow = (id: string, changes: Partial<BoardOperator> = {}): BoardOperator => ({
  key: userId(id),
  name: `operator ${id}`,
  extension: id,
  queues: [queueId('main')],
  status: { kind: 'ready', since: 10_000 },
  phone: 'there',
  listeners: [],
  today: { answered: 0 },
  ...changes,
})

export const NO_FIGURES: BoardFigures = {
  offered: 0,
  answered: 0,
  abandoned: 0,
  shortAbandoned: 0,
  answerRate: null,
  abandonRate: null,
  serviceLevel: null,
  averageSpeedOfAnswer: null,
  averageTimeToAbandon: null,
  handlingTime: null,
}

export const queueRow = (key: string, changes: Partial<BoardQueue> = {}): BoardQueue => ({
  key: queueId(key),
  name: key,
  staff: { ready: 0, inCall: 0, wrapUp: 0, away: 0 },
  today: NO_FIGURES,
  serviceLevel: { formula: 'late-abandons', withinMs: 20_000, target: 0.8 },
  ...changes,
})

export const waitingRow = (id: string, changes: Partial<BoardWaiting> = {}): BoardWaiting => ({
  key: id as BoardWaiting['key'],
  queueId: queueId('main'),
  enteredAt: 10_000,
  order: 1,
  priority: false,
  ...changes,
})

export function snapshotWith(
  tables: Partial<BoardSnapshot['tables']> = {},
  numbered: Partial<Omit<BoardSnapshot, 'tables'>> = {},
): BoardSnapshot {
  const empty = { operators: [], queues: [], waiting: [], parked: [], crossings: [] }
  return { run: 'r1', n: 0, now: 10_000, ...numbered, tables: { ...empty, ...tables } }
}
