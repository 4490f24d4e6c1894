import * as z from 'zod'
import {
  CALL_OUTCOMES,
  LISTEN_MODES,
  PASSED_OVER,
  QUEUE_THRESHOLDS,
  SERVICE_LEVEL_FORMULAS,
  STORY_STEPS,
  WAIT_PARTS,
} from '@tsunagu/contract'

/** The answers to questions about what was, as schemas: as in schemas.ts. */

const rate = z.number().nullable()

const figures = z.strictObject({
  offered: z.int(),
  answered: z.int(),
  abandoned: z.int(),
  shortAbandoned: z.int(),
  answerRate: rate,
  abandonRate: rate,
  serviceLevel: rate,
  averageSpeedOfAnswer: rate,
  averageTimeToAbandon: rate,
  handlingTime: rate,
})

const person = z.strictObject({ id: z.string(), name: z.string() })
const queue = z.strictObject({ id: z.string(), name: z.string() })
const formula = z.enum(SERVICE_LEVEL_FORMULAS)

export const daySchema = z.strictObject({
  date: z.string(),
  from: z.int(),
  until: z.int(),
  timeZone: z.string(),
  now: z.int(),
  queue: z.string(),
  queues: z.array(queue),
  serviceLevel: z.strictObject({ formula, withinMs: z.int(), shortMs: z.int(), target: z.number() }),
  figures,
  points: z.array(z.strictObject({ from: z.int(), until: z.int(), figures })),
})

export const behindSchema = z.strictObject({
  rows: z.array(
    z.strictObject({
      callId: z.string(),
      visit: z.int(),
      enteredAt: z.int(),
      number: z.string().optional(),
      name: z.string().optional(),
      queue,
      operators: z.array(person),
      outcome: z.enum(CALL_OUTCOMES),
      waitedMs: z.int(),
      talkMs: z.int().optional(),
      over: z.number(),
      under: z.number(),
    }),
  ),
  total: z.int(),
  next: z.string().optional(),
})

const party = { number: z.string().optional(), name: z.string().optional() }
const status = z.strictObject({
  kind: z.string(),
  since: z.int(),
  work: z.string().optional(),
  reason: z.string().optional(),
  endsAt: z.int().optional(),
})
const target = z.strictObject({
  kind: z.enum(['operator', 'outside', 'queue']),
  phase: z.enum(['ringing', 'talking', 'ready']),
  number: z.string(),
  name: z.string().optional(),
  since: z.int(),
})
const call = z.strictObject({
  id: z.string(),
  phase: z.enum(['ringing', 'dialling', 'talking', 'held', 'consulting', 'rejoining']),
  direction: z.enum(['in', 'out']),
  internal: z.boolean(),
  ...party,
  queue: queue.extend({ number: z.string() }).optional(),
  since: z.int(),
  waitedMs: z.int(),
  target: target.optional(),
  onBehalfOf: z.strictObject(party).optional(),
  heldByOther: z.literal(true).optional(),
})
const operator = z.strictObject({
  key: z.string(),
  name: z.string(),
  extension: z.string(),
  queues: z.array(z.string()),
  status,
  phone: z.enum(['there', 'blinking', 'lost']),
  call: call.optional(),
  alert: z.strictObject({ since: z.int(), acknowledgedBy: z.string().optional() }).optional(),
  listeners: z.array(person.extend({ mode: z.enum(LISTEN_MODES) })),
  today: z.strictObject({ answered: z.int(), handlingMs: z.number().optional() }),
})
const staff = z.strictObject({ ready: z.int(), inCall: z.int(), wrapUp: z.int(), away: z.int() })

export const pastBoardSchema = z.strictObject({
  time: z.int(),
  now: z.int(),
  timeZone: z.string(),
  day: z.strictObject({ date: z.string(), from: z.int(), until: z.int() }),
  earliest: z.int(),
  before: z.int().optional(),
  after: z.int().optional(),
  tables: z.strictObject({
    operators: z.array(operator),
    queues: z.array(
      z.strictObject({
        key: z.string(),
        name: z.string(),
        staff,
        today: figures,
        serviceLevel: z.strictObject({ formula, withinMs: z.int(), target: z.number() }),
      }),
    ),
    waiting: z.array(
      z.strictObject({
        key: z.string(),
        queueId: z.string(),
        ...party,
        enteredAt: z.int(),
        order: z.int(),
        priority: z.boolean(),
        ringsAt: person.optional(),
      }),
    ),
    parked: z.array(z.strictObject({ key: z.string(), slot: z.int(), ...party, since: z.int(), by: person })),
    crossings: z.array(
      z.strictObject({
        key: z.string(),
        what: z.union([z.enum(QUEUE_THRESHOLDS), z.string()]),
        queueId: z.string().optional(),
        operator: person.optional(),
        since: z.int(),
        limit: z.number(),
      }),
    ),
  }),
})

const idle = person.extend({ idleMs: z.int().optional() })
const lasts = { since: z.int(), until: z.int(), open: z.literal(true).optional() }
const decision = z.strictObject({
  at: z.int(),
  chosen: idle.optional(),
  passed: z.array(z.strictObject({ why: z.enum(PASSED_OVER), operators: z.array(idle), more: z.int() })),
})

export const storySchema = z.strictObject({
  callId: z.string(),
  direction: z.enum(['in', 'out', 'internal']),
  ...party,
  ...lasts,
  visits: z.array(
    z.strictObject({
      queue,
      enteredAt: z.int(),
      until: z.int(),
      outcome: z.enum(CALL_OUTCOMES),
      again: z.literal(true).optional(),
      parts: z.array(
        z.strictObject({
          kind: z.enum(WAIT_PARTS),
          ...lasts,
          operator: person.optional(),
          outcome: z.string().optional(),
          decision: decision.optional(),
          doing: z.array(z.strictObject({ status: z.string(), ms: z.int() })).optional(),
        }),
      ),
    }),
  ),
  steps: z.array(
    z.strictObject({
      kind: z.enum(STORY_STEPS),
      ...lasts,
      operator: person.optional(),
      slot: z.int().optional(),
      number: z.string().optional(),
      outcome: z.string().optional(),
    }),
  ),
})

export const alertHistorySchema = z.strictObject({
  alerts: z.array(
    z.strictObject({
      operator: person,
      since: z.int(),
      until: z.int().optional(),
      acknowledgedBy: z.string().optional(),
      acknowledgedAt: z.int().optional(),
      callId: z.string().optional(),
    }),
  ),
  total: z.int(),
})

export const actLogSchema = z.strictObject({
  acts: z.array(
    z.strictObject({
      at: z.int(),
      act: z.string(),
      by: person,
      operator: person.optional(),
      callId: z.string().optional(),
      to: z.string().optional(),
    }),
  ),
  total: z.int(),
})
