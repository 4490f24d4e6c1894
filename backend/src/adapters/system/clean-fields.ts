import { maskNumber } from '../../domain/number/mask-number.js'

const SECRET = /password|secret|token|cookie|authorization|session(id)?$|credential/i
const NUMBER = /^(number|callerNumber|dialled|from|to|caller|callee)$/

/** Deeper than this nothing worth logging is found. */
const DEEPEST = 5

/**
 * Fields as they may stand in a log: secrets replaced, phone numbers masked. Errors keep type, message, stack, code and
 * cause only: libraries hang the failed command with its arguments on them (ioredis: `command.args`), a session's JSON
 * among them.
 */
export function cleanFields(fields: Record<string, unknown>): Record<string, unknown> {
  return clean(fields, 0) as Record<string, unknown>
}

function clean(value: unknown, depth: number): unknown {
  if (value instanceof Error) return cleanError(value, depth)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= DEEPEST) return '[deep]'
  if (Array.isArray(value)) return value.map((item) => clean(item, depth + 1))
  const entries = Object.entries(value).map(([key, item]) => [key, cleanField(key, item, depth)] as const)
  return Object.fromEntries(entries)
}

function cleanField(key: string, value: unknown, depth: number): unknown {
  if (SECRET.test(key)) return '[redacted]'
  if (NUMBER.test(key) && typeof value === 'string') return maskNumber(value)
  return clean(value, depth + 1)
}

function cleanError(error: Error, depth: number): Record<string, unknown> {
  const { code } = error as { code?: unknown }
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...(code === undefined ? {} : { code }),
    ...(error.cause === undefined || depth >= DEEPEST ? {} : { cause: clean(error.cause, depth + 1) }),
  }
}
