const LOCK = 'tsunagu-phone'
/** A reloaded page meets the lock of its own predecessor for a moment; that is no second tab. */
const PATIENCE_MS = 600

export interface TabLockEvents {
  gained: () => void
  /** Another tab took the phone over. */
  lost: () => void
  /** Another tab has the phone, for longer than a reload takes. */
  heldElsewhere: () => void
}

export interface TabLock {
  /** Takes the phone from the tab that has it. */
  steal: () => void
  release: () => void
}

/**
 * The right of one tab to use the phone. The browser keeps it, so it ends with the tab however that ends; a tab
 * that waits gets it as soon as the other is closed.
 */
export function openTabLock(on: TabLockEvents): TabLock {
  let letGo: (() => void) | undefined
  let waiting = new AbortController()
  let closed = false

  const hold = (): Promise<void> =>
    new Promise((resolve) => {
      letGo = resolve
      if (closed) resolve()
      else on.gained()
    })

  async function wait(): Promise<void> {
    waiting = new AbortController()
    const { signal } = waiting
    const timer = setTimeout(() => !signal.aborted && on.heldElsewhere(), PATIENCE_MS)
    const held = (): Promise<void> => {
      clearTimeout(timer)
      return hold()
    }
    // Rejects when this tab stops waiting, and when another steals the lock later on.
    await navigator.locks.request(LOCK, { signal }, held).catch(() => clearTimeout(timer))
    if (!signal.aborted) afterLoss()
  }

  async function steal(): Promise<void> {
    waiting.abort()
    await navigator.locks.request(LOCK, { steal: true }, hold).catch(() => undefined)
    afterLoss()
  }

  function afterLoss(): void {
    if (closed) return
    on.lost()
    void wait()
  }

  const release = (): void => {
    closed = true
    waiting.abort()
    letGo?.()
  }

  void wait()
  return { steal: () => void steal(), release }
}
