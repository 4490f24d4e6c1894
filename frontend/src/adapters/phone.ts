import type { PhoneView } from '@tsunagu/contract'
import { UA, WebSocketInterface } from 'jssip'
import type { IncomingRTCSessionEvent, RTCSessionEvent, UnRegisteredEvent } from 'jssip/lib/UA'
import type { RTCSession } from 'jssip/lib/RTCSession'
import type { LegStats } from '../model/call-quality'
import { legStats } from './leg-stats'

export interface PhoneSetup {
  account: PhoneView
  url: string
  /** Whether the server announced this leg. May take a moment: the INVITE can overtake its announcement. */
  expects: (leg: string | undefined) => Promise<boolean>
  microphone: () => Promise<MediaStream | undefined>
  onRegistered: (registered: boolean) => void
  /** The account is no longer good; a new one has to be fetched. */
  onAccountRefused: () => void
  onRemoteTrack: (track: MediaStreamTrack) => void
  onLegOver: () => void
}

const BUSY = 486
const NO_MICROPHONE = 480
const ACCOUNT_REFUSALS = [401, 403, 407]
const PROBE_EVERY_MS = 15_000
const PROBE_LIMIT_MS = 4_000
/** Host candidates are complete in about 130 ms; nothing later is worth the caller's wait. */
const GATHERING_LIMIT_MS = 300

/** A WebSocket that can be given up for dead; JsSIP by itself never doubts one. */
class CyclableSocket extends WebSocketInterface {
  cycle(): void {
    this.disconnect()
    this.ondisconnect(true, 4000, 'cycled')
  }
}

/** The browser's one audio leg: registers, accepts the announced leg, and nothing else. */
export class Phone {
  readonly #setup: PhoneSetup
  readonly #socket: CyclableSocket
  readonly #ua: UA
  /** Whose media this page holds. */
  #held: RTCSession | undefined
  #retry: ReturnType<typeof setTimeout> | undefined
  #probeTimer: ReturnType<typeof setInterval> | undefined
  #closed = false

  constructor(setup: PhoneSetup) {
    this.#setup = setup
    this.#socket = new CyclableSocket(setup.url)
    const { extension, password, domain } = setup.account
    this.#ua = new UA({
      sockets: this.#socket,
      uri: `sip:${extension}@${domain}`,
      authorization_user: extension,
      password,
      // A refresh that falls into a gap of the link would end the call; Asterisk watches over it instead.
      session_timers: false,
      register_expires: 90,
      connection_recovery_min_interval: 1,
      connection_recovery_max_interval: 10,
      // The server decides how long it rings; JsSIP must not be the first to lose patience.
      no_answer_timeout: 300,
    })
    this.#listen()
    this.#ua.start()
    this.#probeTimer = setInterval(() => this.#probe(), PROBE_EVERY_MS)
  }

  /** The microphone was changed for another in mid-call. */
  async replaceTrack(track: MediaStreamTrack): Promise<void> {
    const senders = this.#held?.connection.getSenders() ?? []
    await Promise.all(senders.filter((sender) => sender.track).map((sender) => sender.replaceTrack(track)))
  }

  async stats(): Promise<LegStats | undefined> {
    const session = this.#held
    return session?.isEstablished() ? legStats(await session.connection.getStats()) : undefined
  }

  hangUp(): void {
    const session = this.#held
    this.#held = undefined
    if (session) end(session)
  }

  /** Makes a new connection; a leg that is up lives on. */
  reconnect(): void {
    if (!this.#closed) this.#socket.cycle()
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#retry)
    clearInterval(this.#probeTimer)
    this.hangUp()
    this.#ua.stop()
  }

  #listen(): void {
    let connectedBefore = false
    this.#ua.on('registered', () => {
      this.#setup.onRegistered(true)
      if (connectedBefore) this.#repairRoute()
      connectedBefore = true
    })
    this.#ua.on('unregistered', () => !this.#closed && this.#setup.onRegistered(false))
    this.#ua.on('registrationFailed', (event) => this.#registerAgain(event))
    this.#ua.on('newRTCSession', (event: RTCSessionEvent) => {
      if ((event.originator as string) === 'remote') void this.#consider(event as IncomingRTCSessionEvent)
    })
  }

  /** JsSIP leaves it at one attempt. */
  #registerAgain({ response }: UnRegisteredEvent): void {
    if (this.#closed) return
    this.#setup.onRegistered(false)
    // The response is absent when the request timed out, whatever the types say.
    const status = (response as typeof response | null)?.status_code
    if (status && ACCOUNT_REFUSALS.includes(status)) return this.#setup.onAccountRefused()
    clearTimeout(this.#retry)
    this.#retry = setTimeout(
      () => this.#ua.isConnected() && this.#ua.register(),
      2_000 + Math.random() * 3_000,
    )
  }

  /** One re-INVITE over the new connection, or Asterisk would send what follows to the old one. */
  #repairRoute(): void {
    const session = this.#held
    if (!session?.isEstablished()) return
    const tracks = session.connection.getSenders().flatMap(({ track }) => track ?? [])
    const live = tracks.map(({ enabled }) => enabled)
    session.renegotiate()
    // JsSIP switches the microphone on with it, which is not its business here.
    tracks.forEach((track, at) => (track.enabled = live[at] ?? false))
  }

  async #consider({ session, request }: IncomingRTCSessionEvent): Promise<void> {
    const leg = request.getHeader(this.#setup.account.legHeader) as string | undefined
    if (!(await this.#setup.expects(leg)) || !leg) return end(session, BUSY)
    const stream = await this.#setup.microphone()
    if (!stream) return end(session, NO_MICROPHONE)
    if (session.isEnded() || this.#closed) return
    // The server made a new leg, so the old one is no longer its wish.
    this.hangUp()
    this.#hold(session)
    session.answer({
      mediaStream: stream,
      mediaConstraints: { audio: true, video: false },
      // Page and Asterisk are on one network; without STUN there is nothing to wait for.
      pcConfig: { iceServers: [] },
    })
  }

  #hold(session: RTCSession): void {
    this.#held = session
    const over = (): void => {
      if (this.#held !== session) return
      this.#held = undefined
      this.#setup.onLegOver()
    }
    session.on('ended', over)
    session.on('failed', over)
    session.on('peerconnection', ({ peerconnection }) => {
      peerconnection.addEventListener('track', ({ track }) => this.#setup.onRemoteTrack(track))
    })
    let gathering = false
    session.on('icecandidate', ({ ready }) => {
      if (!gathering) setTimeout(ready, GATHERING_LIMIT_MS)
      gathering = true
    })
  }

  /** Any answer proves the link alive; none within the limit proves it dead. */
  #probe(): void {
    if (!this.#ua.isConnected()) return
    const dead = setTimeout(() => this.reconnect(), PROBE_LIMIT_MS)
    const alive = (event: { response?: unknown }): void => {
      if (event.response) clearTimeout(dead)
    }
    const eventHandlers = { succeeded: alive, failed: alive }
    this.#ua.sendOptions(`sip:${this.#setup.account.domain}`, null, { eventHandlers })
  }
}

/** JsSIP throws when the session ended by itself a moment ago, which is what was wanted. */
function end(session: RTCSession, statusCode?: number): void {
  if (session.isEnded()) return
  session.terminate(statusCode === undefined ? {} : { status_code: statusCode })
}
