/**
 * What an operator is doing, as the table of the operator manual names it (section 2.2, ステータス一覧).
 *
 * | code | 日本語 |
 * |---|---|
 * | preparing | 準備中 |
 * | ready | 受付可 |
 * | ringing | 着信中 |
 * | talking | 通話中 |
 * | dialling | 発信中 |
 * | held | 保留中 |
 * | internal | 内線通話 |
 * | wrap-up | 後処理 |
 * | short-break | 小休憩 |
 * | lunch | 昼休憩 |
 * | other-work | 別作業, with its label |
 */
export type StatusKind =
  | 'preparing'
  | 'ready'
  | 'ringing'
  | 'talking'
  | 'dialling'
  | 'held'
  | 'internal'
  | 'wrap-up'
  | 'short-break'
  | 'lunch'
  | 'other-work'

/** A status an operator may press; `work` is one of the site's 別作業 labels and stands only with `other-work`. */
export type Choice = { kind: 'ready' | 'short-break' | 'lunch' } | { kind: 'other-work'; work: string }

/** What a supervisor may choose for somebody: 準備中, too. */
export type ChoiceFor = Choice | { kind: 'preparing' }

/** Whether a status, or a choice for later, is the chosen one: other work only under its own label. */
export const sameChoice = (status: { kind: StatusKind; work?: string }, choice: ChoiceFor): boolean =>
  status.kind === choice.kind && (choice.kind !== 'other-work' || status.work === choice.work)

/** Why an outgoing call did not come about. */
export const DIAL_FAILURES = [
  'busy',
  'declined',
  'unanswered',
  'no-such-number',
  'unreachable',
  'trunk-down',
] as const
export type DialFailure = (typeof DIAL_FAILURES)[number]

/** Why the server, not the operator, put the status where it is. */
export type StatusReason =
  | 'no-answer'
  | 'rejected'
  | 'phone-lost'
  | 'phone-failed'
  /** A supervisor chose it. */
  | 'by-supervisor'
  /** A supervisor took his call over. */
  | 'taken-over'
  /** The party of a transfer hung up, or the caller did while it was arranged. */
  | 'target-left'
  | 'caller-left'
  | DialFailure
