import type { BoardFigures } from '@tsunagu/contract'
import type { Values } from './figures.js'

/** Pure: the figures that a board shows, of all there are. */
export function boardFigures(values: Values): BoardFigures {
  return {
    offered: values.offered ?? 0,
    answered: values.answered ?? 0,
    abandoned: values.abandoned ?? 0,
    shortAbandoned: values.shortAbandoned ?? 0,
    answerRate: values.answerRate,
    abandonRate: values.abandonRate,
    serviceLevel: values.serviceLevel,
    averageSpeedOfAnswer: values.averageSpeedOfAnswer,
    averageTimeToAbandon: values.averageTimeToAbandon,
    handlingTime: values.handlingTime,
  }
}

/** Pure: what a board shows of an operator's day. */
export function handled({ answered, handlingTime }: Values): { answered: number; handlingMs?: number } {
  return {
    answered: answered ?? 0,
    ...(handlingTime === null ? {} : { handlingMs: Math.round(handlingTime) }),
  }
}
