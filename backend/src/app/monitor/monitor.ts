import type { Ack, BoardSnapshot, CallId, ChoiceFor, QueueId, UserId } from '@tsunagu/contract'
import { Acts, type ActsDeps } from './acts.js'
import type { Board } from './board.js'
import type { Floor } from './floor.js'
import { Leaving, type LeavingDeps } from './leaving.js'
import type { MonitorDesk, Supervisor } from './monitor-desk.js'

export interface MonitorDeps extends ActsDeps, LeavingDeps {
  board: Board
  floor: Floor
}

/** See `MonitorDesk`: the board, and what supervisors may do to what stands on it. */
export class Monitor implements MonitorDesk {
  private readonly acts: Acts
  private readonly leaving: Leaving

  constructor(private readonly deps: MonitorDeps) {
    this.acts = new Acts(deps)
    this.leaving = new Leaving(deps)
    deps.floor.watch(this.leaving)
  }

  snapshot(): BoardSnapshot {
    return this.deps.board.snapshot()
  }

  acknowledgeAlert(by: Supervisor, operator: UserId): Promise<Ack> {
    return this.acts.acknowledgeAlert(by, operator)
  }

  choose(by: Supervisor, operator: UserId, choice: ChoiceFor): Promise<Ack> {
    return this.acts.choose(by, operator, choice)
  }

  endWrapUp(by: Supervisor, operator: UserId): Promise<Ack> {
    return this.acts.endWrapUp(by, operator)
  }

  logOut(by: Supervisor, operator: UserId, when: 'now' | 'after-call'): Promise<Ack> {
    return this.leaving.logOut(by, operator, when)
  }

  takeOver(by: Supervisor, operator: UserId): Promise<Ack> {
    return this.acts.takeOver(by, operator)
  }

  move(by: Supervisor, call: CallId, queue: QueueId): Promise<Ack> {
    return this.acts.move(by, call, queue)
  }

  front(by: Supervisor, call: CallId): Promise<Ack> {
    return this.acts.front(by, call)
  }

  take(by: Supervisor, call: CallId): Promise<Ack> {
    return this.acts.take(by, call)
  }
}
