/** What the server checks of the monitor's settings; apart, so that a page does not carry the checker. */
import * as z from 'zod/mini'
import { SERVICE_LEVEL_FORMULAS } from './board.js'
import type { QueueId } from './ids.js'
import { LONGEST_LIMIT_MS, LONGEST_WITHIN_MS, MOST_WAITING } from './thresholds.js'

const MOST_QUEUES = 1_000
const MOST_WORKS = 100

/** A brand is only a type; a transform could not stand in the OpenAPI document. */
const id = z.string().check(z.minLength(1), z.maxLength(64)) as unknown as z.ZodMiniType<QueueId>
const duration = z.nullable(z.int().check(z.minimum(1_000), z.maximum(LONGEST_LIMIT_MS)))
const part = z.number().check(z.minimum(0.01), z.maximum(1))

const limits = z.strictObject({
  waiting: z.nullable(z.int().check(z.minimum(1), z.maximum(MOST_WAITING))),
  'longest-wait': duration,
  'service-level': z.nullable(part),
})

const rules = z.strictObject({
  formula: z.enum(SERVICE_LEVEL_FORMULAS),
  withinMs: z.int().check(z.minimum(1_000), z.maximum(LONGEST_WITHIN_MS)),
  target: part,
  shortMs: z.int().check(z.minimum(0), z.maximum(LONGEST_WITHIN_MS)),
  withoutShort: z.boolean(),
})

/** Each queue once. */
const once = <T extends { queueId: string }>(own: readonly T[]): boolean =>
  new Set(own.map(({ queueId }) => queueId)).size === own.length

export const thresholdsSchema = z.strictObject({
  all: limits,
  queues: z.array(z.strictObject({ queueId: id, limits })).check(z.maxLength(MOST_QUEUES), z.refine(once)),
  statuses: z.strictObject({
    talking: duration,
    held: duration,
    'wrap-up': duration,
    'short-break': duration,
    lunch: duration,
    'other-work': duration,
  }),
})

export const figureSettingsSchema = z.strictObject({
  all: rules,
  queues: z.array(z.strictObject({ queueId: id, rules })).check(z.maxLength(MOST_QUEUES), z.refine(once)),
  productiveWorks: z.nullable(
    z.array(z.string().check(z.minLength(1), z.maxLength(40))).check(z.maxLength(MOST_WORKS)),
  ),
})

const version = z.int().check(z.minimum(0))
/** PUT /api/monitor/thresholds */
export const thresholdsBody = z.strictObject({ version, value: thresholdsSchema })
export type ThresholdsBody = z.infer<typeof thresholdsBody>
/** PUT /api/monitor/figures */
export const figureSettingsBody = z.strictObject({ version, value: figureSettingsSchema })
export type FigureSettingsBody = z.infer<typeof figureSettingsBody>
