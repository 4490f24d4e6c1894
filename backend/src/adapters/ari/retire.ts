import type { AriClient, AriSocket } from 'ari-client'

/** Ends a client for good: its own reconnect must not bring it back, and nothing of it may be heard any more. */
export function retire(client: AriClient): void {
  client._wsClosed = true
  client.removeAllListeners()
  client.on('error', ignore)
  let socket = client._ws
  if (socket) hush(socket)
  // A reconnect that was on its way already cannot be called off; what it opens is closed in the same tick.
  Object.defineProperty(client, '_ws', {
    configurable: true,
    get: () => socket,
    set(late: AriSocket) {
      socket = late
      hush(late)
    },
  })
}

function hush(socket: AriSocket): void {
  socket.removeAllListeners()
  // A socket that is torn down while connecting says so as an error, and nobody wants to know.
  socket.on('error', ignore)
  socket.terminate()
}

function ignore(): void {
  // Nothing is left to be done for a connection that was given up.
}
