/** The open SIP connections by session, so that the end of a session ends them. */
export class SipLinks {
  private readonly links = new Map<string, Set<() => void>>()

  get size(): number {
    let size = 0
    for (const closers of this.links.values()) size += closers.size
    return size
  }

  /** Returns what forgets the link again; call it once the link is closed. */
  add(tokenHash: string, close: () => void): () => void {
    const closers = this.links.get(tokenHash) ?? new Set()
    this.links.set(tokenHash, closers.add(close))
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
