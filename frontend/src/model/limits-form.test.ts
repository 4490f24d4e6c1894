import type { FigureSettings, QueueId, SettingView, Thresholds } from '@tsunagu/contract'
import { describe, expect, test } from 'vitest'
import { figuresForm, figuresTyped } from './figures-form'
import { LIMIT_KINDS, limitsForm, limitsTyped } from './limits-form'
import { shown, typed, type FieldKind, type Typed } from './setting-field'

const support = 'support' as QueueId
const queues = [
  { id: 'main' as QueueId, name: '代表' },
  { id: support, name: 'サポート' },
]
const thresholds: Thresholds = {
  all: { waiting: 3, 'longest-wait': 60_000, 'service-level': 0.8 },
  queues: [{ queueId: support, limits: { waiting: null, 'longest-wait': 90_000, 'service-level': 0.755 } }],
  statuses: {
    ...{ talking: 600_000, held: 60_000, 'wrap-up': 90_000 },
    ...{ 'short-break': 900_000, lunch: 3_600_000, 'other-work': null },
  },
}
const view: SettingView<Thresholds> = { version: 1, value: thresholds, queues, works: [] }

describe('a box', () => {
  const minutes: FieldKind = LIMIT_KINDS.talking
  const cases: [string, FieldKind, Typed][] = [
    ['10', minutes, { ok: true, value: 600_000 }],
    ['1.5', minutes, { ok: true, value: 90_000 }],
    ['１０', minutes, { ok: true, value: 600_000 }],
    [' ', minutes, { ok: true, value: null }],
    ['0', minutes, { ok: false }],
    ['-1', minutes, { ok: false }],
    ['1e3', minutes, { ok: false }],
    ['10分', minutes, { ok: false }],
    ['1441', minutes, { ok: false }],
    ['1.234', minutes, { ok: false }],
    ['3', LIMIT_KINDS.waiting, { ok: true, value: 3 }],
    ['2.5', LIMIT_KINDS.waiting, { ok: false }],
    ['1000', LIMIT_KINDS.waiting, { ok: false }],
    ['99.5', LIMIT_KINDS['service-level'], { ok: true, value: 0.995 }],
    ['101', LIMIT_KINDS['service-level'], { ok: false }],
    ['', { ...minutes, optional: false }, { ok: false }],
  ]
  test.each(cases)('%j', (text, kind, expected) => expect(typed(text, kind)).toEqual(expected))

  test('shows what it keeps', () => {
    for (const [value, unit] of [
      [0.827, 'percent'],
      [0.29, 'percent'],
      [90_000, 'minutes'],
      [45_000, 'seconds'],
      [7, 'calls'],
    ] as const) {
      expect(typed(shown(value, unit), { unit, min: 0, max: 1_000, optional: true })).toEqual({
        ok: true,
        value,
      })
    }
  })
})

describe('the limits', () => {
  test('go into the boxes and come out as they were', () => {
    const form = limitsForm(view)
    expect(
      form.scopes.map(({ name, own, fields }) => [name, own, fields.waiting, fields['service-level']]),
    ).toEqual([
      ['', true, '3', '80'],
      ['代表', false, '3', '80'],
      ['サポート', true, '', '75.5'],
    ])
    expect(form.statuses).toMatchObject({ talking: '10', held: '60', 'wrap-up': '1.5', 'other-work': '' })
    expect(limitsTyped(form)).toEqual(thresholds)
  })

  test('a queue is given its own, and loses them', () => {
    const form = limitsForm(view)
    const [, main, other] = form.scopes
    if (!main || !other) throw new Error('no queues')
    main.own = true
    main.fields.waiting = '5'
    other.own = false
    expect(limitsTyped(form)?.queues).toEqual([
      { queueId: 'main', limits: { ...thresholds.all, waiting: 5 } },
    ])
  })

  test('what cannot be read keeps all from being saved, but not where it does not count', () => {
    const form = limitsForm(view)
    const [, main] = form.scopes
    if (!main) throw new Error('no queue')
    main.fields.waiting = 'x'
    expect(limitsTyped(form)).toEqual(thresholds)
    main.own = true
    expect(limitsTyped(form)).toBeUndefined()
    main.own = false
    form.statuses.lunch = '0'
    expect(limitsTyped(form)).toBeUndefined()
  })
})

describe('the rules of the figures', () => {
  const all = {
    formula: 'late-abandons',
    withinMs: 20_000,
    target: 0.8,
    shortMs: 5_000,
    withoutShort: false,
  } as const
  const value: FigureSettings = {
    all,
    queues: [{ queueId: support, rules: { ...all, formula: 'all-in-time', withoutShort: true } }],
    productiveWorks: ['研修'],
  }
  const figures: SettingView<FigureSettings> = { version: 1, value, queues, works: ['研修', 'その他'] }

  test('go into the boxes and come out as they were', () => {
    const form = figuresForm(figures)
    expect(form.works).toEqual([
      { label: '研修', productive: true },
      { label: 'その他', productive: false },
    ])
    expect(figuresTyped(form)).toEqual(value)
    expect(figuresTyped({ ...form, everyWork: true })?.productiveWorks).toBeNull()
  })

  test('none of them may be empty', () => {
    const form = figuresForm(figures)
    const [first] = form.scopes
    if (first) first.fields.target = ''
    expect(figuresTyped(form)).toBeUndefined()
  })
})
