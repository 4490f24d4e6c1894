import {
  LONGEST_WITHIN_MS,
  type FigureRules,
  type FigureSettings,
  type ServiceLevelFormula,
  type SettingView,
} from '@tsunagu/contract'
import { readScopes, scopesOf, type Scope } from './scopes'
import { shown, typed, type FieldKind } from './setting-field'

export type RuleBox = 'withinMs' | 'target' | 'shortMs'

const LONGEST = LONGEST_WITHIN_MS / 1_000
export const RULE_KINDS: Record<RuleBox, FieldKind> = {
  withinMs: { unit: 'seconds', min: 1, max: LONGEST, optional: false },
  target: { unit: 'percent', min: 1, max: 100, optional: false },
  shortMs: { unit: 'seconds', min: 0, max: LONGEST, optional: false },
}

export interface RuleFields extends Record<RuleBox, string> {
  formula: ServiceLevelFormula
  withoutShort: boolean
}

/** The rules of the figures as they stand in the boxes. */
export interface FiguresForm {
  scopes: Scope<RuleFields>[]
  everyWork: boolean
  works: { label: string; productive: boolean }[]
}

export function figuresForm(view: SettingView<FigureSettings>): FiguresForm {
  const { all, queues, productiveWorks } = view.value
  const owns = new Map(queues.map(({ queueId, rules }) => [queueId, boxes(rules)]))
  const productive = (label: string): boolean => productiveWorks?.includes(label) ?? true
  return {
    scopes: scopesOf(view, boxes(all), owns),
    everyWork: productiveWorks === null,
    works: view.works.map((label) => ({ label, productive: productive(label) })),
  }
}

/** What the boxes say; `undefined` where one of them says nothing that can be kept. */
export function figuresTyped({ scopes, everyWork, works }: FiguresForm): FigureSettings | undefined {
  const read = readScopes(scopes, rulesTyped)
  if (!read) return undefined
  const chosen = works.filter(({ productive }) => productive).map(({ label }) => label)
  return {
    all: read.all,
    queues: read.queues.map(({ queueId, value }) => ({ queueId, rules: value })),
    productiveWorks: everyWork ? null : chosen,
  }
}

const boxes = ({ formula, withoutShort, withinMs, target, shortMs }: FigureRules): RuleFields => ({
  formula,
  withoutShort,
  withinMs: shown(withinMs, 'seconds'),
  target: shown(target, 'percent'),
  shortMs: shown(shortMs, 'seconds'),
})

function rulesTyped({ formula, withoutShort, ...typedIn }: RuleFields): FigureRules | undefined {
  const [withinMs, target, shortMs] = (['withinMs', 'target', 'shortMs'] as const).map((name) => {
    const one = typed(typedIn[name], RULE_KINDS[name])
    return one.ok ? one.value : null
  })
  // None of them may be empty.
  if (typeof withinMs !== 'number' || typeof target !== 'number' || typeof shortMs !== 'number')
    return undefined
  return { formula, withoutShort, withinMs, target, shortMs }
}
