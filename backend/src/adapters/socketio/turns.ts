import { Mailboxes } from '../../app/mailboxes.js'

/** No person presses faster than they are served; a page that has more waiting is broken or means harm. */
const MOST_WAITING = 32

/** What the pages ask, one thing after another for each page: what was asked first must not be overtaken. */
export class Turns {
  private readonly mailboxes = new Mailboxes()
  private readonly unfinished = new Map<string, number>()

  /** Runs `job` in its turn; `undefined` when too many wait already. */
  take<T>(page: string, job: () => Promise<T>): Promise<T> | undefined {
    const before = this.unfinished.get(page) ?? 0
    // The first of them is not waiting: it is being served.
    if (before > MOST_WAITING) return undefined
    this.unfinished.set(page, before + 1)
    return this.last(page, job).finally(() => this.done(page))
  }

  /** Runs `job` after all that was taken before, however much that is. */
  last<T>(page: string, job: () => Promise<T>): Promise<T> {
    return this.mailboxes.run(page, job)
  }

  private done(page: string): void {
    const left = (this.unfinished.get(page) ?? 1) - 1
    if (left > 0) this.unfinished.set(page, left)
    else this.unfinished.delete(page)
  }
}
