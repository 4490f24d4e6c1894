/** One tab has the phone; the others are old connections that nobody has noticed to be dead. */
const MOST_PER_SESSION = 4

/** The open SIP connections by session, so that the end of a session ends them. */
export class SipLinks {
  private readonly links = new Map<string, Set<() => void>>()

  get size(): number {
    let size = 0
    for (const closers of this.links.values()) size += closers.size
    return size
  }

  /** Closes the session's oldest link when it has too many. Returns what forgets the link again; call it once the link is closed. */
  add(tokenHash: string, close: () => void): () => void {
    const closers = this.links.get(tokenHash) ?? new Set()
    this.links.set(tokenHash, closers.add(close))
    const [oldest] = closers
    if (oldest && closers.size > MOST_PER_SESSION) {
      closers.delete(oldest)
      oldest()
    }
    return () => {
      closers.delete(close)
      if (closers.size === 0 && this.links.get(tokenHash) === closers) this.links.delete(tokenHash)
    }
  }

  closeOf(tokenHash: string): void {
    for (const close of [...(this.links.get(tokenHash) ?? [])]) close()
  }

  closeAll(): void {
    for (const tokenHash of [...this.links.keys()]) this.closeOf(tokenHash)
  }
}
