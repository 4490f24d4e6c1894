import * as z from 'zod/mini'

/** What hurt the sound most: nothing worth a word, packets lost or too late, an unsteady line, a long way. */
export const QUALITY_CAUSES = ['none', 'loss', 'jitter', 'delay'] as const
export type QualityCause = (typeof QUALITY_CAUSES)[number]

/** A mean opinion score of the E-model: 1 to 4.5 (ITU-T G.107, annex B). */
const score = z.number().check(z.minimum(1), z.maximum(4.5))

/** What the page measured of one leg so far. Each report of a leg takes the place of the one before. */
export const qualityBody = z.strictObject({
  leg: z.string().check(z.minLength(1), z.maxLength(128)),
  /** Over the talk so far. */
  average: score,
  minimum: score,
  cause: z.enum(QUALITY_CAUSES),
  /** How much talk was measured, ms. */
  measuredMs: z.int().check(z.minimum(0), z.maximum(604_800_000)),
})
export type QualityBody = z.infer<typeof qualityBody>
