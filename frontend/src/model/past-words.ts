import type { BoardFigures, CallFigure, DayView, StatusKind, StoryStep, WaitPart } from '@tsunagu/contract'
import type { MessageKey, Text } from '../i18n'
import { duration, percent } from './board-words'
import { formatNumber } from './phone-number'

const COUNTS: readonly CallFigure[] = ['offered', 'answered', 'abandoned', 'shortAbandoned']
const RATES: readonly CallFigure[] = ['answerRate', 'abandonRate', 'serviceLevel']

/** A number of calls, a part or an average time, as it stands in a tile; a dash where there was nothing to divide by. */
export function figureWord(name: CallFigure, figures: BoardFigures): string {
  const value = figures[name]
  if (COUNTS.includes(name)) return String(value)
  return RATES.includes(name) ? percent(value) : duration(value)
}

/** The formula in use, in words. */
export const formulaWord = ({ serviceLevel: { formula, withinMs } }: DayView, text: Text): string =>
  text('day.formula', {
    name: text('dayFigure.serviceLevel'),
    seconds: String(withinMs / 1_000),
    formula: text(`formula.${formula}`),
  })

/** What passed in a part of the wait. */
export function partWord({ kind, operator, outcome }: WaitPart, text: Text): string {
  const words = text(`waitPart.${kind}`, { name: operator?.name ?? '' })
  return outcome === undefined ? words : `${words}: ${text(`ringEnd.${outcome}` as MessageKey)}`
}

/** What went on with a call besides waiting. */
export function stepWord({ kind, operator, slot, number, outcome }: StoryStep, text: Text): string {
  const words = text(`storyStep.${kind}`, {
    name: operator?.name ?? '',
    slot: String(slot ?? ''),
    number: number === undefined ? '' : formatNumber(number),
  })
  return kind === 'end' && outcome !== undefined
    ? `${words}: ${text(`callEnd.${outcome}` as MessageKey)}`
    : words
}

const CHOICES = ['preparing', 'ready', 'short-break', 'lunch'] as const satisfies StatusKind[]

const ACTS = [
  'acknowledge-alert',
  'call-to-front',
  'choose-status',
  'end-wrap-up',
  'log-out',
  'log-out-after-call',
  'move-call',
  'take-over',
  'take-waiting',
  'set-figures',
  'set-thresholds',
  'listen',
  'whisper',
  'barge',
  'stop-listening',
] as const

/** An act in words, and what was chosen; one that is newer than this page by its code. */
export function actWord({ act, to }: { act: string; to?: string | undefined }, text: Text): string {
  const known = ACTS.find((one) => one === act)
  const words = known ? text(`pastAct.${known}`) : act
  if (to === undefined) return words
  const status = CHOICES.find((one) => one === to)
  return `${words}: ${act === 'choose-status' && status ? text(`status.${status}`) : to}`
}
