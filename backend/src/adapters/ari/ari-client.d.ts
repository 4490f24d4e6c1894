/** The part of `ari-client` 2.2.0 that we use. Its own published types stop at Asterisk 16 and know no `_ws`. */
declare module 'ari-client' {
  import type { EventEmitter } from 'node:events'

  export interface AriSocket extends EventEmitter {
    ping(): void
    terminate(): void
  }

  /** An operation of Asterisk's Swagger description; resolves with the decoded answer. */
  export type Operation = (parameters?: Record<string, unknown>) => Promise<unknown>

  export interface AriClient extends EventEmitter {
    channels: Record<string, Operation>
    bridges: Record<string, Operation>
    applications: Record<string, Operation>
    asterisk: Record<string, Operation>
    endpoints: Record<string, Operation>
    start(applications: string[]): Promise<void>
    stop(): void
    _ws?: AriSocket
    _wsClosed?: boolean
  }

  const ari: { connect(url: string, user: string, password: string): Promise<AriClient> }
  export default ari
}
