import type {
  BoardOperator,
  BoardParked,
  BoardQueue,
  BoardWaiting,
  CallId,
  CallView,
  UserId,
} from '@tsunagu/contract'
import type { Call } from '../../domain/call/call.js'
import { hasCaller, isWithOperator } from '../../domain/call/names.js'
import type { Operator } from '../../domain/operator/operator.js'
import { callView } from '../operators/call-view.js'
import { callContext, toParkedView } from '../operators/operator-view.js'
import type { Directory } from '../ports.js'
import type { FigureCache } from './figure-cache.js'
import type { Floor } from './floor.js'
import type { Listeners } from './ports.js'
import { isWaiting, operatorRow, parkedRow, queueRow, waitingRow } from './rows.js'

export interface RowSourceDeps {
  floor: Floor
  figures: FigureCache
  directory: Directory
  listeners: Listeners
}

/** What is to stand under some keys, and which of them stand for nothing any more. */
export interface Rows<Row> {
  set: Row[]
  gone: string[]
}

/** Puts the board's rows together from what is true now. */
export class RowSource {
  constructor(private readonly deps: RowSourceDeps) {}

  async operators(ids: UserId[]): Promise<Rows<BoardOperator>> {
    const { floor, listeners, figures } = this.deps
    const rows: Rows<BoardOperator> = { set: [], gone: [] }
    for (const id of ids) {
      const operator = floor.operatorWith(id)
      if (!operator || operator.supervises) rows.gone.push(id)
      else {
        const call = await this.callOf(operator)
        const parts = { listeners: listeners.of(id), today: figures.ofOperator(id) }
        rows.set.push(operatorRow({ operator, call, ...parts }))
      }
    }
    return rows
  }

  async waiting(ids: CallId[]): Promise<Rows<BoardWaiting>> {
    const rows: Rows<BoardWaiting> = { set: [], gone: [] }
    for (const id of ids) {
      const call = this.deps.floor.callWith(id)
      if (!call || call.status === 'ended' || !hasCaller(call) || !isWaiting(call)) rows.gone.push(id)
      else {
        const caller = await this.nameOf(call.callerNumber)
        rows.set.push(waitingRow(call, { caller, ringsAt: this.phoneOf(call) }))
      }
    }
    return rows
  }

  async parked(): Promise<BoardParked[]> {
    const { floor } = this.deps
    const rows: BoardParked[] = []
    for (const call of floor.openCalls()) {
      if (call.status !== 'parked') continue
      const by = floor.operatorWith(call.parkedBy)?.name ?? call.parkedBy
      rows.push(parkedRow(toParkedView(call, { by, name: await this.nameOf(call.callerNumber) })))
    }
    return rows
  }

  queues(): BoardQueue[] {
    const people = this.deps.floor.operators().filter(({ supervises }) => !supervises)
    return this.deps.figures.sites().map(({ key, name, subject, today, settings }) => {
      const isStaff = ({ queues }: Operator): boolean =>
        typeof subject === 'string' || ('queue' in subject && queues.includes(subject.queue))
      return queueRow({ key, name, staff: people.filter(isStaff), today, settings })
    })
  }

  private async callOf({ id, callId }: Operator): Promise<CallView | undefined> {
    const call = callId && this.deps.floor.callWith(callId)
    return call ? callView(call, id, await callContext(this.deps.directory, call)) : undefined
  }

  private phoneOf(call: Call): BoardWaiting['ringsAt'] {
    if (!isWithOperator(call)) return undefined
    const { operatorId: id } = call
    return { id, name: this.deps.floor.operatorWith(id)?.name ?? id }
  }

  private async nameOf(number: string): Promise<string | undefined> {
    return number === '' ? undefined : this.deps.directory.nameOf(number)
  }
}
