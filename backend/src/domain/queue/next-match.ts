import type { CallId, QueueId, UserId } from '@tsunagu/contract'

/** Later than any entry number, so that callers with priority come before all others. */
const WITHOUT_PRIORITY = 1e12

/** The caller's place over all queues: smaller is served sooner. Of several whom supervisors sent to the front, the last. */
export function placeInLine(call: { entry: number; priority: boolean; front?: number }): number {
  if (call.front !== undefined) return -call.front
  return call.entry + (call.priority ? 0 : WITHOUT_PRIORITY)
}

/** First caller and longest-idle operator of a queue. */
export interface Heads {
  queueId: QueueId
  waiting?: { callId: CallId; score: number }
  ready?: { operatorId: UserId; since: number }
}

export interface Match {
  callId: CallId
  operatorId: UserId
  queueId: QueueId
}

/**
 * Who is next: among the queues that have both a caller and a free operator, the caller who came first, and of his
 * queue the operator who has been idle the longest. So order within a queue is strictly by entry, and an operator of two
 * queues gets the caller who has waited longer.
 */
export function nextMatch(queues: Heads[]): Match | undefined {
  let best: { match: Match; score: number } | undefined
  for (const { queueId, waiting, ready } of queues) {
    if (!waiting || !ready || (best && best.score <= waiting.score)) continue
    best = {
      match: { callId: waiting.callId, operatorId: ready.operatorId, queueId },
      score: waiting.score,
    }
  }
  return best?.match
}
