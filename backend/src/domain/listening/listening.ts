/**
 * A supervisor in an operator's call. His one leg (the ear) stands in a bridge of its own (the room), together with a spy: a
 * channel that hears what the operator's leg hears and says, and speaks into it as the mode has it. To switch the mode, or to
 * follow the operator to another leg or another party, the spy is replaced; the ear stays where it is, and the call is not
 * touched. The old spy goes before the new one comes: what two of them share on a leg goes deaf when the party on the other
 * side of it changes, and two who stay behind in a bridge of three may not hear each other (docs/architecture.md, Listening).
 */
import type { CallId, LegId, ListenMode, PageId, UserId } from '@tsunagu/contract'

/** Times are UTC ms. */
export interface Listening {
  /** `hear-<extension of the supervisor>-<unique>`: the beginning of the names of all that belongs to it. */
  id: string
  operator: { id: UserId; name: string; extension: string }
  callId: CallId
  mode: ListenMode
  /** Since when it is asked for, with this operator. */
  since: number
  /** The operator's own leg, where it is; absent while his phone is on its way back. */
  leg?: LegId
  /** Who shares the bridge with it; absent: nobody, as on hold. */
  with?: string
  ear: Ear
  spies: number
  spy?: Spy
  /** The spy before: the next one is made when it is gone. */
  former?: string
  /** There is a leg and no spy: then another one is tried. */
  againAt?: number
}

export interface Ear {
  id: LegId
  up: boolean
  /** The page it was made for: another page does not have its sound. */
  page: PageId
  /** Must be up by then, or the listening is given up. */
  dueAt: number
}

export interface Spy {
  id: string
  ready: boolean
  /** Must be ready by then, or another one is tried. */
  dueAt: number
}

/** Where an operator can be heard. */
export interface Heard {
  callId: CallId
  leg?: LegId
  /** The channel that shares the bridge with it; absent: none, as on hold. */
  with?: string
}

export type ListeningEvent =
  /** Another mode, another operator, or both. */
  | {
      type: 'switch'
      at: number
      mode: ListenMode
      operator: Listening['operator']
      heard: Heard
    }
  | { type: 'ear-up'; at: number; channel: string }
  | { type: 'ear-gone'; at: number; channel: string }
  | { type: 'spy-ready'; at: number; channel: string }
  | { type: 'spy-gone'; at: number; channel: string }
  /** Where the operator is to be heard in this call now; `undefined`: it is over for him. */
  | { type: 'heard'; at: number; operator: UserId; callId: CallId; heard: Heard | undefined }
  /** The supervisor's phone is owned by this page now; `undefined`: he has none any more. */
  | { type: 'phone'; at: number; page: PageId | undefined }
  | { type: 'stop'; at: number }
  | { type: 'deadline'; at: number }

/** What is to be written into the audit log. */
export type ListeningAct = ListenMode | 'stop-listening'

export type ListeningEffect =
  | { do: 'call-ear'; leg: LegId }
  | { do: 'make-room'; bridge: string }
  | { do: 'put'; bridge: string; channel: string }
  /** Answered by `spy-ready`. */
  | { do: 'spy'; on: LegId; channel: string; mode: ListenMode }
  | { do: 'hang-up'; channel: string }
  | { do: 'destroy-room'; bridge: string }
  | { do: 'note'; act: ListeningAct; operator: UserId; callId: CallId }

/** Without `next` it is over. */
export interface ListeningMove {
  next: Listening | undefined
  effects: ListeningEffect[]
}
export type ListeningStep = ListeningMove | { refused: 'stale' }

/** The name of its bridge. */
export const roomOf = ({ id }: Pick<Listening, 'id'>): string => `${id}:room`

/** Whether the supervisor hears them, in the mode that was asked for. */
export const isUp = ({ ear, spy }: Listening): boolean => ear.up && spy?.ready === true

/** Every channel of it that may exist now. */
export function channelsOf({ ear, spy, former }: Listening): string[] {
  return [ear.id, ...(spy ? [spy.id] : []), ...(former === undefined ? [] : [former])]
}

/** When it next wants to be woken with `deadline`. */
export function nextDeadline({ ear, spy, againAt }: Listening): number | undefined {
  const times = [
    ...(ear.up ? [] : [ear.dueAt]),
    ...(spy && !spy.ready ? [spy.dueAt] : []),
    ...(againAt === undefined ? [] : [againAt]),
  ]
  return times.length > 0 ? Math.min(...times) : undefined
}
