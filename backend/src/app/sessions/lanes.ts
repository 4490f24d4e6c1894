/**
 * One thing at a time per user. Ending a session takes several steps; without lanes a second end that began a moment
 * later could hit the login that followed the first.
 */
export class Lanes {
  private readonly tails = new Map<string, Promise<unknown>>()

  /** Runs `job` when everything asked for earlier, for any of these users, is done; an earlier failure stops nothing. */
  run<T>(ids: string[], job: () => Promise<T>): Promise<T> {
    // Sorted: two that want the same two lanes cannot wait for each other.
    const inOrder = [...new Set(ids)].sort()
    return inOrder.reduceRight((inner, id) => () => this.enter(id, inner), job)()
  }

  private enter<T>(id: string, job: () => Promise<T>): Promise<T> {
    const result = (this.tails.get(id) ?? Promise.resolve()).then(job)
    const tail: Promise<void> = result.then(
      () => this.leave(id, tail),
      () => this.leave(id, tail),
    )
    this.tails.set(id, tail)
    return result
  }

  private leave(id: string, tail: Promise<unknown>): void {
    if (this.tails.get(id) === tail) this.tails.delete(id)
  }
}
