import type { CallId, LegId, PageId, QueueId, UserId } from './ids.js'
import type { ListeningView, ListenMode } from './listening.js'
import type { ChoiceFor, StatusKind, StatusReason } from './status.js'

export type Role = 'operator' | 'supervisor' | 'administrator'

/** Who is logged in. */
export interface Me {
  id: UserId
  name: string
  role: Role
  /** Four digits; an administrator has none. */
  extension?: string
}

/** The status line. Times are UTC ms of the server's clock. */
export interface StatusView {
  kind: StatusKind
  since: number
  /** The 別作業 label, with `other-work` only. */
  work?: string
  /** Set when the server changed the status by itself; shown until the next change. */
  reason?: StatusReason
  /** When the wrap-up ends by itself, where its queue sets a limit. */
  endsAt?: number
}

/** Whom a transfer is being arranged with (operator manual, 電話を転送する). */
export interface TargetView {
  /** A queue cannot be spoken to: 「転送実行」 puts the caller into its line. */
  kind: 'operator' | 'outside' | 'queue'
  phase: 'ringing' | 'talking' | 'ready'
  number: string
  name?: string
  /** Start of the phase, UTC ms. */
  since: number
}

/** The call on this operator's phone. */
export interface CallView {
  id: CallId
  /**
   * `ringing` rings here, `dialling` rings there, `talking` is up, `held` is up with the other party on music,
   * `consulting` is held while a target rings or talks (`target`), `rejoining` is up while this phone comes back (the
   * other party hears music).
   */
  phase: 'ringing' | 'dialling' | 'talking' | 'held' | 'consulting' | 'rejoining'
  direction: 'in' | 'out'
  /** Between two extensions. */
  internal: boolean
  /** As dialled or received; absent when withheld. */
  number?: string
  name?: string
  queue?: { id: QueueId; name: string; number: string }
  /** Start of the phase's clock: ringing since, talking since. */
  since: number
  /** How long the caller had waited when this phone began to ring, in ms. */
  waitedMs: number
  target?: TargetView
  /** The caller for whom this internal call asks: he waits on hold for a transfer to here. */
  onBehalfOf?: { number?: string; name?: string }
  /** The other party of an internal call put this one on hold. */
  heldByOther?: true
}

/** 「外線」: one of the company's numbers that an outgoing call can present. */
export interface CompanyNumber {
  number: string
  name: string
}

/** A call for help: stays until it is withdrawn, over reloads and restarts. */
export interface AlertView {
  since: number
  /** The supervisor who is on it. */
  acknowledgedBy?: string
}

/** The shared slots are numbered 1 to 6 (パーク保留). */
export const PARK_SLOTS = [1, 2, 3, 4, 5, 6] as const
export type ParkSlot = (typeof PARK_SLOTS)[number]

/** A call that waits in a shared slot; every operator sees it. */
export interface ParkedView {
  slot: ParkSlot
  number?: string
  name?: string
  /** UTC ms. */
  since: number
  /** Who parked it. */
  by: { id: UserId; name: string }
}

/** All slots that are taken. Sent whole at every change; `seq` grows. */
export interface ParksView {
  seq: number
  parked: ParkedView[]
}

/** Everything an operator's page shows. Sent whole at every change: small, and a lost message heals itself. */
export interface OperatorView {
  /** Grows with every view of this operator; an older one that arrives late is dropped. */
  seq: number
  /** The server's clock when this was sent, UTC ms: the page's clocks run on it. */
  now: number
  me: Me
  status: StatusView
  /** Chosen during a call: takes effect when the call and its wrap-up would otherwise have begun. */
  next?: ChoiceFor
  /** The site's 別作業 labels, in order. */
  works: string[]
  phone: {
    /** The SIP registration, as Asterisk sees it. */
    registered: boolean
    /** The page that owns the phone; the others of this browser only show. */
    owner?: PageId
  }
  call?: CallView
  /** 「外線」: what outgoing calls present; `numbers` is empty where the company has none of its own. */
  outside: { numbers: CompanyNumber[]; chosen?: string }
  /** The operator has asked for help (アラート). */
  alert?: AlertView
  /** Who is in his call, where the site tells its operators. */
  heardBy?: { name: string; mode: ListenMode }[]
  /** Of a supervisor: whose call his phone is in. */
  listening?: ListeningView
  /** The one leg the owning page may accept or keep now, from the ringing to the end. An INVITE with any other name is refused. */
  leg?: LegId
}
