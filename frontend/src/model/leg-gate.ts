/** How long an INVITE may wait for its announcement, which can be a few ms behind it. */
export const ANNOUNCEMENT_PATIENCE_MS = 2_000

/**
 * Whether a leg that rings the browser is the one the server announced. Anything else is refused: the page must
 * never be brought to open its microphone to a stranger.
 */
export function judgeLeg(
  invited: string | undefined,
  announced: string | undefined,
): 'accept' | 'wait' | 'refuse' {
  if (!invited) return 'refuse'
  return invited === announced ? 'accept' : 'wait'
}
