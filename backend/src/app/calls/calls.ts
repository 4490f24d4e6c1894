import type { CallId, UserId } from '@tsunagu/contract'
import { maskNumber } from '../../domain/number/mask-number.js'
import type { Call, CallLimits } from '../../domain/call/call.js'
import type { CallEffect, CallEvent, CallRefusal, Move } from '../../domain/call/messages.js'
import { channelsOf, operatorsOf } from '../../domain/call/names.js'
import type { Reconciliation } from '../../domain/call/reconcile.js'
import { enter, step, type Arrival } from '../../domain/call/step.js'
import { recordCall, type Cause } from '../../domain/records/record-call.js'
import type { Mailboxes } from '../mailboxes.js'
import type { Changes } from '../monitor/ports.js'
import type { LiveCalls, Log, Saved, Versioned } from '../ports.js'
import type { RecordNotes } from '../records/ports.js'
import { runEffects, type EffectDeps } from './run-effects.js'

export interface CallsDeps extends EffectDeps {
  live: LiveCalls
  limits: CallLimits
  mailboxes: Mailboxes
  records: RecordNotes
  changes: Changes
  log: Log
  /** The call changed, so these operators' screens did. */
  publish(operators: UserId[], call: Call): Promise<void>
  /** A slot was taken or became free. */
  publishParks(): Promise<void>
  /** A step may have been written and not carried out. */
  onFault(): void
}

export type Handled = { ok: true } | { ok: false; code: CallRefusal | 'slot-taken' }

interface Written {
  saved: Saved | 'slot-taken'
  /** As it was written, or would have been. */
  next: Call
}

/** Somebody outside the mailbox wrote the call: a second engine works this PBX, which must not be. */
export class LostCall extends Error {
  override name = 'LostCall'
}

/**
 * The one door to every call: load, step, save, run effects, publish; one event at a time per call. Written before its
 * effects run, so a process that dies in between leaves a state that reconciliation can carry out.
 */
export class Calls {
  constructor(private readonly deps: CallsDeps) {}

  /** A caller came in; the same channel a second time changes nothing. */
  async enter(arrival: Omit<Arrival, 'entry'>): Promise<void> {
    const { live, mailboxes } = this.deps
    await mailboxes.run(arrival.id, async () => {
      if (await live.load(arrival.id)) return
      const { next, effects } = await this.begin(enter({ ...arrival, entry: await live.nextEntry() }))
      this.deps.log.info(
        { callId: next.id, queue: arrival.queueId, from: maskNumber(arrival.callerNumber) },
        'a caller entered the queue',
      )
      await this.carryOut(next, effects)
    })
  }

  /** A call that begins with us: somebody dialled. A fault is thrown, as in `handle`. */
  open(move: Move): Promise<void> {
    return this.orSoon(move.next.id, async () => {
      const { next, effects } = await this.begin(move)
      this.deps.log.info({ callId: next.id, after: next.status, operators: operatorsOf(next) }, 'call')
      await this.carryOut(next, effects, () => this.deps.publish(operatorsOf(next), next))
    })
  }

  /** Catches up with what Asterisk holds, as `reconcile` compares it; nothing is done again for a call that has moved on since. */
  catchUp(call: Call, todo: Reconciliation): Promise<void> {
    return this.deps.mailboxes.run(call.id, async () => {
      await this.settle(todo.events, call.id)
      if (!(await this.isStill(call))) return
      await this.carryOut(call, todo.effects)
    })
  }

  /** A fault is thrown, and has what was meant done again soon. */
  handle(id: CallId, event: CallEvent): Promise<Handled> {
    return this.orSoon(id, () => this.apply(id, event))
  }

  /** What the call would refuse this with now; `undefined`: it would do it. Nothing happens to it. */
  async wouldRefuse(id: CallId, event: CallEvent): Promise<CallRefusal | undefined> {
    const call = (await this.deps.live.load(id))?.value
    if (!call) return 'stale'
    const result = step(call, event, this.deps.limits)
    return 'refused' in result ? result.refused : undefined
  }

  /** Whether this channel belongs to the call now. */
  async has(channel: string, id: CallId): Promise<boolean> {
    const call = (await this.deps.live.load(id))?.value
    return call !== undefined && call.status !== 'ended' && channelsOf(call).includes(channel)
  }

  private async orSoon<T>(id: CallId, task: () => Promise<T>): Promise<T> {
    try {
      return await this.deps.mailboxes.run(id, task)
    } catch (error) {
      this.deps.onFault()
      throw error
    }
  }

  private async apply(id: CallId, event: CallEvent): Promise<Handled> {
    const { live, limits, log } = this.deps
    const stored = await live.load(id)
    if (!stored) return { ok: false, code: 'stale' }
    const before = stored.value
    const result = step(before, event, limits)
    if ('refused' in result) {
      log.debug({ callId: id, event: event.type, status: before.status }, result.refused)
      return { ok: false, code: result.refused }
    }
    const { saved, next } = await this.save(stored, result, event)
    if (saved === 'slot-taken') return { ok: false, code: saved }
    if (!saved) throw new LostCall(id)
    log.info(
      {
        callId: id,
        event: event.type,
        before: before.status,
        after: next.status,
        operators: operatorsOf(next),
      },
      'call',
    )
    const changed = async (): Promise<void> => {
      await this.deps.publish(concerned(before, next), next)
      if (before.status === 'parked' || next.status === 'parked') await this.deps.publishParks()
    }
    await this.carryOut(next, result.effects, changed)
    return { ok: true }
  }

  private async begin(move: Move): Promise<Move> {
    const { saved, next } = await this.save(undefined, move, { type: 'begun', at: move.next.since })
    if (saved !== true) throw new LostCall(next.id)
    return { ...move, next }
  }

  /** The next state and what the records are to hold of the step are written together, or neither is. */
  private async save(before: Versioned<Call> | undefined, move: Move, cause: Cause): Promise<Written> {
    const { live, records, changes } = this.deps
    const { next, over } = recordCall(before?.value, move, cause)
    const saved = await live.save(next, before?.version ?? 0, over)
    if (saved === true) {
      records.noted(next.id, over, next.notes?.open ?? [])
      changes.call(next)
    }
    return { saved, next }
  }

  /** Runs the effects, tells the screens, then takes in what came of it. An ended call is forgotten once all of it is gone. */
  private async carryOut(call: Call, effects: CallEffect[], changed?: () => Promise<void>): Promise<void> {
    const { events, undone } = await runEffects(this.deps, call, effects)
    await changed?.()
    if (undone) this.deps.onFault()
    else if (call.status === 'ended') await this.deps.live.remove(call.id)
    await this.settle(events, call.id)
  }

  private async isStill(call: Call): Promise<boolean> {
    const now = (await this.deps.live.load(call.id))?.value
    return JSON.stringify(now) === JSON.stringify(call)
  }

  /** What the effects brought about is handled in the same turn, before anything that waits in the mailbox. */
  private async settle(events: CallEvent[], id: CallId): Promise<void> {
    for (const event of events) await this.apply(id, event)
  }
}

function concerned(before: Call, next: Call): UserId[] {
  return [...new Set([...operatorsOf(before), ...operatorsOf(next)])]
}
