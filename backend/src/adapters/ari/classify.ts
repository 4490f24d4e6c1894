import type { CommandResult } from '../../app/ports.js'

/** No answer within the time limit: Asterisk is frozen, gone, or busy with a prompt on that channel. */
export class AriTimeout extends Error {
  override name = 'AriTimeout'
}

/** There is no connection to Asterisk at this moment. */
export class AriDown extends Error {
  override name = 'AriDown'
}

type Failure = Extract<CommandResult, { ok: false }>

/**
 * `ari-client` keeps of a failed request only the body, so the words decide (reference: Asterisk 22, resource_*.c).
 * Order matters: the first that matches.
 */
const WORDS: [RegExp, Failure['code']][] = [
  [/not in stasis|not in this bridge|already exists|exists with|conflict|in use/i, 'conflict'],
  [/not found|no longer|does not exist/i, 'gone'],
  [/allocation failed|endpoint|unable to create/i, 'unavailable'],
]

/** Asterisk's failures in the words of the domain. */
export function classify(error: unknown): Failure {
  const detail = wordsOf(error)
  if (error instanceof AriTimeout) return { ok: false, code: 'timeout', detail }
  if (error instanceof AriDown) return { ok: false, code: 'down', detail }
  const code = WORDS.find(([words]) => words.test(detail))?.[1] ?? 'fault'
  return { ok: false, code, detail }
}

/** The text of `{"message": …}` or `{"error": …}`, which is all that Asterisk says. */
function wordsOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  try {
    const body = JSON.parse(text) as { message?: unknown; error?: unknown }
    return String(body.message ?? body.error ?? text)
  } catch {
    // Not JSON: the text itself is the best there is.
    return text
  }
}
