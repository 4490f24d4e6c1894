/** Shorter than a call centre's, so that the suite need not sit them out; long enough to act within. */
export const RING_SECONDS = 8
export const GRACE_SECONDS = 5
export const REJOIN_SECONDS = 12

/** What the global setup hands to the workers, through the environment. */
export interface StackFacts {
  url: string
  runtimeDir: string
  sipPort: number
  redisUrl: string
  /** The process of `npm start`, which starts again what dies. */
  starter: number
}

export const STACK_VARIABLE = 'TSUNAGU_E2E_STACK'

export function stackFacts(): StackFacts {
  const text = process.env[STACK_VARIABLE]
  if (!text) throw new Error('The stack does not run: start the suite with npm run e2e')
  return JSON.parse(text) as StackFacts
}
