/** What a supervisor's page may ask; every act is written into the audit log. */
import * as z from 'zod/mini'
import type { Ack } from './errors.js'
import { LISTEN_MODES } from './listening.js'

const id = z.string().check(z.minLength(1), z.maxLength(64))
const operator = { operatorId: id }
const waiting = { callId: z.string().check(z.minLength(1), z.maxLength(128)) }

/** The content of each request below; whatever else comes is `bad-request`. */
export const listenBody = z.strictObject({ ...operator, mode: z.enum(LISTEN_MODES) })
/** 準備中 is what a supervisor may choose for somebody besides what he may choose for himself. */
export const chooseForBody = z.strictObject({
  ...operator,
  choice: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('preparing') }),
    z.strictObject({ kind: z.literal('ready') }),
    z.strictObject({ kind: z.literal('short-break') }),
    z.strictObject({ kind: z.literal('lunch') }),
    z.strictObject({
      kind: z.literal('other-work'),
      work: z.string().check(z.minLength(1), z.maxLength(40)),
    }),
  ]),
})
export const logOutBody = z.strictObject({ ...operator, when: z.enum(['now', 'after-call']) })
export const moveBody = z.strictObject({ ...waiting, queueId: id })
export const waitingBody = z.strictObject(waiting)
export const operatorBody = z.strictObject(operator)

type Reply = (ack: Ack) => void

/** The requests, and what each refusal means. What fails, as while Redis is away, is `fault`. */
export interface MonitorRequests {
  /** The whole board, to this page: it has found a gap. */
  'board:resync': (reply: Reply) => void
  /**
   * The supervisor's one leg into the operator's call; asked again with another mode it is switched in place, with another
   * operator it moves. `no-call`: the operator speaks to nobody; `in-call`: the supervisor has a call of his own;
   * `not-phone-owner`: another page of his has the phone.
   */
  'monitor:listen': (body: z.infer<typeof listenBody>, reply: Reply) => void
  'monitor:stop': (reply: Reply) => void
  /** 「引き取る」: the operator's call becomes the supervisor's; the operator goes into his wrap-up. */
  'monitor:take-over': (body: z.infer<typeof operatorBody>, reply: Reply) => void
  /** 「ステータス変更」: during a call it counts for after it, as with the operator's own choice. */
  'monitor:choose': (body: z.infer<typeof chooseForBody>, reply: Reply) => void
  /** 「後処理終了」: `wrong-state` when he is in none. */
  'monitor:end-wrap-up': (body: z.infer<typeof operatorBody>, reply: Reply) => void
  /** 「強制ログアウト」: at once (a call of his goes to the head of its queue), or when his call is over. */
  'monitor:log-out': (body: z.infer<typeof logOutBody>, reply: Reply) => void
  /** A waiting caller into another queue, with the time he has waited; `stale` when he waits no more. */
  'monitor:move': (body: z.infer<typeof moveBody>, reply: Reply) => void
  /** A waiting caller before all others of his queue. */
  'monitor:front': (body: z.infer<typeof waitingBody>, reply: Reply) => void
  /** A waiting caller to the supervisor's own phone. */
  'monitor:take': (body: z.infer<typeof waitingBody>, reply: Reply) => void
  /** On an operator's call for help; `stale` when it was withdrawn meanwhile. */
  'alert:acknowledge': (body: z.infer<typeof operatorBody>, reply: Reply) => void
}
