/**
 * One task at a time per key, in order of arrival; different keys run side by side. A task that fails does not stop the
 * ones behind it: its caller gets the fault.
 */
export class Mailboxes {
  private readonly tails = new Map<string, Promise<unknown>>()

  run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const before = this.tails.get(key) ?? Promise.resolve()
    const mine = before.then(task, task)
    // Whoever waits behind waits for the end, not for success.
    const tail = mine.catch(() => undefined)
    this.tails.set(key, tail)
    void tail.then(() => {
      if (this.tails.get(key) === tail) this.tails.delete(key)
    })
    return mine
  }

  /** Settles when nothing is under way any more. */
  async idle(): Promise<void> {
    while (this.tails.size > 0) await Promise.all(this.tails.values())
  }
}
