import type { OperatorView, ParkedView, ParksView, UserId } from '@tsunagu/contract'
import type { Call } from '../../domain/call/call.js'
import type { Listeners } from '../listening/listeners.js'
import type { Clock, Directory, LiveCalls, LiveOperators, Publisher } from '../ports.js'
import { directoryParts, toOperatorView, toParkedView } from './operator-view.js'

export interface ScreensDeps {
  calls: LiveCalls
  operators: LiveOperators
  directory: Directory
  publisher: Publisher
  listeners: Listeners
  clock: Clock
}

/** Puts together and sends what operators' pages show. */
export class Screens {
  private lastSeq = 0

  constructor(private readonly deps: ScreensDeps) {}

  /** Sends the operator's view; `known` saves reading a call that the caller has just written. */
  async publish(id: UserId, known?: Call): Promise<void> {
    const view = await this.view(id, known)
    if (view) this.deps.publisher.operatorView(id, view)
  }

  async view(id: UserId, known?: Call): Promise<OperatorView | undefined> {
    const { calls, operators, directory, clock } = this.deps
    // Before reading: of two that are under way, the one that read later must count as newer.
    const seq = this.nextSeq()
    const operator = (await operators.load(id))?.value
    if (!operator) return undefined
    const mine = known?.id === operator.callId ? known : undefined
    const call = mine ?? (operator.callId && (await calls.load(operator.callId))?.value)
    const parts = await directoryParts(directory, operator, call || undefined)
    const heardBy = (await directory.showsListeners()) ? this.deps.listeners.of(id) : []
    return toOperatorView({ operator, call, ...parts, heardBy, now: clock.now(), seq })
  }

  /** Every operator's pages show the same slots. */
  async publishParks(): Promise<void> {
    this.deps.publisher.parks(await this.parks())
  }

  async parks(): Promise<ParksView> {
    const { calls, operators, directory } = this.deps
    const parked: ParkedView[] = []
    for (const id of (await calls.slots()).values()) {
      const call = (await calls.load(id))?.value
      if (call?.status !== 'parked') continue
      const by = (await operators.load(call.parkedBy))?.value
      const name = call.callerNumber ? await directory.nameOf(call.callerNumber) : undefined
      parked.push(toParkedView(call, { by: by?.name ?? call.parkedBy, name }))
    }
    return { seq: this.nextSeq(), parked: parked.sort((a, b) => a.slot - b.slot) }
  }

  /** Grows also over a restart of the server, because the clock does. */
  private nextSeq(): number {
    this.lastSeq = Math.max(this.lastSeq + 1, this.deps.clock.now())
    return this.lastSeq
  }
}
