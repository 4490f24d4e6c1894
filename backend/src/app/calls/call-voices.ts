import type { UserId } from '@tsunagu/contract'
import type { Call } from '../../domain/call/call.js'
import type { CallEffect, CallEvent } from '../../domain/call/messages.js'
import type { Operators } from '../operators/operators.js'
import type { Listenings } from '../listening/listenings.js'
import type { Screens } from '../operators/screens.js'
import { visitWith } from '../../domain/records/record-call.js'
import { noteCall, noteConsult } from '../history/note-call.js'
import type { Clock, Directory, HistoryLog, Queue } from '../ports.js'

export interface CallVoicesDeps {
  operators: Operators
  screens: Screens
  listenings: Listenings
  directory: Directory
  history: HistoryLog
  clock: Clock
}

/** How a call reaches people: its operator, the one who parked it, everybody's screens. */
export class CallVoices {
  constructor(private readonly deps: CallVoicesDeps) {}

  tell = async (effect: Extract<CallEffect, { do: 'tell-operator' }>, call: Call): Promise<void> => {
    const wrapUpMs = (await this.queueOf(call))?.wrapUpMs
    const limit = wrapUpMs === undefined ? {} : { wrapUpMs }
    const at = this.deps.clock.now()
    const visit = visitWith(effect.operatorId, call)
    const about = { ...limit, ...(visit ? { visit } : {}) }
    const event = { type: 'news', at, callId: call.id, news: effect.news, ...about } as const
    const told = await this.deps.operators.apply(effect.operatorId, event)
    if (told.ok) noteCall(this.deps.history, { operator: told.before, call, news: effect.news, at })
  }

  /** Claims the operator for a call that rings back; the event that follows for the call. */
  ringBack = async (operatorId: UserId, call: Call): Promise<CallEvent> => {
    const at = this.deps.clock.now()
    await this.deps.listenings.end(operatorId)
    const event = { type: 'rung-back', at, callId: call.id } as const
    const rung = await this.deps.operators.apply(operatorId, event, { quiet: true })
    const ringMs = (await this.queueOf(call))?.ringMs
    if (!rung.ok || !rung.after.page || ringMs === undefined) return { type: 'no-ring-back', at }
    return { type: 'offer', at, operatorId, page: rung.after.page, ringMs }
  }

  noteConsult = (effect: Extract<CallEffect, { do: 'note-consult' }>, call: Call): void =>
    noteConsult(this.deps.history, effect, call)

  publish = async (ids: UserId[], call: Call): Promise<void> => {
    this.deps.listenings.follow(ids, call)
    for (const id of ids) await this.deps.screens.publish(id, call)
  }

  publishParks = (): Promise<void> => this.deps.screens.publishParks()

  private async queueOf(call: Call): Promise<Queue | undefined> {
    const queueId = call.status === 'internal' ? undefined : call.queueId
    return (await this.deps.directory.queues()).find(({ id }) => id === queueId)
  }
}
