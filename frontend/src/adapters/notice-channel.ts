const NAME = 'tsunagu-notices'

/** Tells this browser's other tabs that what is unread has changed. */
export function tellNoticesRead(): void {
  const channel = new BroadcastChannel(NAME)
  channel.postMessage('read')
  channel.close()
}

/** Calls `heard` when another tab tells it, until what it gives back is called. */
export function hearNoticesRead(heard: () => void): () => void {
  const channel = new BroadcastChannel(NAME)
  channel.onmessage = heard
  return () => channel.close()
}
