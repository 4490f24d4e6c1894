/** Which parts of the system answer at this moment, by name (`redis`, `asterisk`, `database`). */
export type Health = () => Promise<Record<string, boolean>>

/** The body of GET /readyz. */
export interface ReadyView {
  ready: boolean
  parts: Record<string, boolean>
}

/** A part that does not answer in this time is not reachable. */
const LONGEST_WAIT_MS = 3_000

/** Ready when every part is. Asking may itself fail or hang: that is not ready either. */
export async function readiness(health: Health): Promise<ReadyView> {
  const parts = await Promise.race([health(), timeUp()]).catch(() => ({ health: false }))
  return { ready: Object.values(parts).every(Boolean), parts }
}

function timeUp(): Promise<Record<string, boolean>> {
  return new Promise((resolve) => {
    setTimeout(() => resolve({ health: false }), LONGEST_WAIT_MS).unref()
  })
}
