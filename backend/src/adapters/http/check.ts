import * as z from 'zod'

/** The name of the whole body, where no single field is to blame. */
const WHOLE_BODY = 'body'

/** A field's name comes from outside and goes back: no longer than this. */
const LONGEST_NAME = 100

export type Checked<T> = { ok: true; value: T } | { ok: false; field: string }

/** Checks a body (or a message) against its schema; otherwise names the first field that is wrong. */
export function check<T>(schema: z.core.$ZodType<T>, value: unknown): Checked<T> {
  const result = z.safeParse(schema, value)
  if (result.success) return { ok: true, value: result.data }
  return { ok: false, field: fieldOf(result.error.issues[0]) }
}

function fieldOf(issue: z.core.$ZodIssue | undefined): string {
  if (!issue) return WHOLE_BODY
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  const path = [...issue.path, ...unknown].map(String).join('.')
  return path === '' ? WHOLE_BODY : path.slice(0, LONGEST_NAME)
}
