import type { LegId } from '@tsunagu/contract'
import type { Listening, Spy } from '../../domain/listening/listening.js'

/** A spy that was hung up lets go of its leg with the next packets; one that did not by then, ms, is not waited for. */
const LETS_GO_MS = 1_000

/** What a spy was made for: the operator's leg, and who shared the bridge with it then. */
interface Post {
  leg: LegId
  party: string | undefined
}

/**
 * The spies on the legs of operators, of all supervisors. Those of one leg share in Asterisk what goes deaf when the party on
 * its other side changes (docs/architecture.md, Listening). So nobody comes to a leg with a new party before all have gone
 * who heard the old one.
 */
export class SpiedLegs {
  private readonly posts = new Map<string, Post>()
  private readonly waiting = new Set<() => void>()

  came(spy: Spy['id'], post: Post): void {
    this.posts.set(spy, post)
  }

  gone(spy: Spy['id']): void {
    if (!this.posts.delete(spy)) return
    for (const look of [...this.waiting]) look()
  }

  /** After a restart of either side: the spy of a listening that Asterisk still holds. */
  found({ leg, with: party, spy }: Listening, channels: ReadonlyMap<string, unknown>): void {
    if (leg !== undefined && spy && channels.has(spy.id)) this.came(spy.id, { leg, party })
  }

  /** What Asterisk does not hold any more has let go. */
  onlyThese(channels: ReadonlyMap<string, unknown>): void {
    for (const spy of [...this.posts.keys()].filter((id) => !channels.has(id))) this.gone(spy)
  }

  /** Settles when the leg is free of those who heard another party; after a second in any case. */
  async free(post: Post): Promise<void> {
    if (this.isFree(post)) return
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(limit)
        this.waiting.delete(look)
        resolve()
      }
      const look = (): void => {
        if (this.isFree(post)) done()
      }
      const limit = setTimeout(done, LETS_GO_MS)
      this.waiting.add(look)
    })
  }

  private isFree({ leg, party }: Post): boolean {
    return ![...this.posts.values()].some((one) => one.leg === leg && one.party !== party)
  }
}
