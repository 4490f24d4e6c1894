import { Mailboxes } from '../mailboxes.js'

/**
 * One thing at a time per user. Ending a session takes several steps; without lanes a second end that began a moment
 * later could hit the login that followed the first.
 */
export class Lanes {
  private readonly mailboxes = new Mailboxes()

  /** Runs `job` when everything asked for earlier, for any of these users, is done; an earlier failure stops nothing. */
  run<T>(ids: string[], job: () => Promise<T>): Promise<T> {
    // Sorted: two that want the same two lanes cannot wait for each other.
    const inOrder = [...new Set(ids)].sort()
    return inOrder.reduceRight((inner, id) => () => this.mailboxes.run(id, inner), job)()
  }
}
