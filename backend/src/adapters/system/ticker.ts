/** Runs `work` every `ms`, never twice at once; what it throws goes to `onFault` and the next turn comes all the same. */
export function startTicker(
  ms: number,
  work: () => Promise<void>,
  onFault: (error: unknown) => void,
): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve()
  let busy = false
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    running = work()
      .catch(onFault)
      .finally(() => (busy = false))
  }, ms)
  return {
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}
