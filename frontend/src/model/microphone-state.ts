/** `unknown` until asked; the last four are troubles, each with its own words about what to do. */
export type MicrophoneState = 'unknown' | 'asking' | 'ready' | MicrophoneTrouble
export type MicrophoneTrouble = 'refused' | 'missing' | 'busy' | 'failed'

const TROUBLES: Record<string, MicrophoneTrouble> = {
  NotAllowedError: 'refused',
  SecurityError: 'refused',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
}

/** What the browser's error name means for the one who sits there. */
export const microphoneTrouble = (errorName: string): MicrophoneTrouble => TROUBLES[errorName] ?? 'failed'

export function isTrouble(state: MicrophoneState): state is MicrophoneTrouble {
  return state !== 'unknown' && state !== 'asking' && state !== 'ready'
}
