import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** The wire between the control plane and Asterisk, which a test can cut. */
export interface Link {
  port: number
  /** How many connections go through at this moment. */
  open(): number
  /** Every connection breaks; new ones are let through at once. */
  cut(): void
  /** Every connection breaks, and new ones break as well until `mend`. */
  sever(): void
  mend(): void
  close(): Promise<void>
}

export async function openLink(to: number): Promise<Link> {
  const ends = new Set<Socket>()
  let severed = false
  const server = createServer((near) => {
    if (severed) return near.resetAndDestroy()
    const far = connect(to, '127.0.0.1')
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(end)
      end.on('error', () => other.destroy())
      end.on('close', () => {
        ends.delete(end)
        other.destroy()
      })
      end.pipe(other)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = (): void => ends.forEach((end) => void end.resetAndDestroy())
  return {
    port: (server.address() as AddressInfo).port,
    open: () => ends.size / 2,
    cut,
    sever() {
      severed = true
      cut()
    },
    mend: () => void (severed = false),
    async close() {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
