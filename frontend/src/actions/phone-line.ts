import type { PhoneView } from '@tsunagu/contract'
import { watch } from 'vue'
import { request } from '../adapters/http'
import type { Phone, PhoneSetup } from '../adapters/phone'
import { playRemote, stopRemote } from '../adapters/remote-audio'
import type { Link } from '../adapters/socket'
import { openTabLock, type TabLock } from '../adapters/tab-lock'
import type { LegStats } from '../model/call-quality'
import { useDeskStore } from '../stores/desk'
import { useOperatorStore } from '../stores/operator'
import { legAnnounced } from './leg-announced'
import { WarmMicrophone } from './microphone'

interface PhoneAdapter {
  Phone: typeof Phone
}

/** JsSIP is a third of all that the page loads, and nobody needs it before the first registration. */
const fetchPhone = (): Promise<PhoneAdapter> => import('../adapters/phone')

const TRY_AGAIN_MS = 2_000
/** A leg that the server no longer knows is let go, but not in the moment between two legs. */
const STRAY_LEG_MS = 3_000
/** A call without a leg gets one as soon as the phone is back; this long after, the page asks for it. */
const MISSING_LEG_MS = 500

/** This tab's part in the phone: the right to it, the microphone, the registration, the one leg. */
export class PhoneLine {
  readonly #desk = useDeskStore()
  readonly #operator = useOperatorStore()
  readonly #link: Link
  readonly #onSessionGone: () => void
  readonly #fetchPhone: () => Promise<PhoneAdapter>
  readonly microphone = new WarmMicrophone((track) => void this.#phone?.replaceTrack(track))
  readonly #lock: TabLock
  readonly #stops: (() => void)[]
  #phone: Phone | undefined
  #connecting = false
  #again: ReturnType<typeof setTimeout> | undefined

  constructor(link: Link, onSessionGone: () => void, loadPhone = fetchPhone) {
    this.#link = link
    this.#onSessionGone = onSessionGone
    this.#fetchPhone = loadPhone
    this.#lock = openTabLock({
      gained: () => this.#take(),
      lost: () => this.#yield(),
      heldElsewhere: () => (this.#desk.tab = 'other'),
    })
    this.#stops = [this.#watchStrayLeg(), this.#watchMissingLeg()]
  }

  /** Says which tab has the phone: when the link or the registration is there (again), and when a leg is missing. */
  async claim(): Promise<void> {
    clearTimeout(this.#again)
    if (!this.#owner || !this.#operator.linkUp) return
    const ack = await this.#link.ask('phone:claim')
    if (!this.#owner) return
    if (ack.ok) await this.#connect()
    else this.#later(() => void this.claim())
  }

  /** Takes the phone from the other tab. */
  useHere(): void {
    this.#lock.steal()
  }

  openMicrophone(): Promise<MediaStream | undefined> {
    return this.microphone.stream()
  }

  /** What the browser has counted of the leg so far; `undefined` without one. */
  async stats(): Promise<LegStats | undefined> {
    return this.#phone?.stats()
  }

  reconnect(): void {
    this.#phone?.reconnect()
  }

  close(): void {
    for (const stop of this.#stops) stop()
    this.#lock.release()
    this.#disconnect()
    this.microphone.close()
  }

  get #owner(): boolean {
    return this.#desk.tab === 'owner'
  }

  #take(): void {
    this.#desk.tab = 'owner'
    void this.microphone.warmUp()
    void this.claim()
  }

  #yield(): void {
    this.#desk.tab = 'other'
    this.#disconnect()
    this.microphone.coolDown()
  }

  #later(what: () => void): void {
    clearTimeout(this.#again)
    this.#again = setTimeout(what, TRY_AGAIN_MS)
  }

  /** The account is made anew with every login, so it is asked for and not kept. */
  async #connect(): Promise<void> {
    if (this.#phone || this.#connecting) return
    this.#connecting = true
    // The network may fail between page and phone.
    const code = this.#fetchPhone().catch(() => undefined)
    const loaded = Promise.all([request<PhoneView>('GET', '/phone'), code])
    const [account, adapter] = await loaded.finally(() => (this.#connecting = false))
    if (!this.#owner) return
    if (!account.ok && account.code === 'not-logged-in') this.#onSessionGone()
    else if (account.ok && adapter) this.#phone = new adapter.Phone(this.#setup(account.body))
    else this.#later(() => void this.#connect())
  }

  #setup(account: PhoneView): PhoneSetup {
    return {
      account,
      url: `wss://${location.host}/sip`,
      expects: legAnnounced,
      microphone: () => this.microphone.stream(),
      onRegistered: (registered) => {
        this.#desk.sipRegistered = registered
        // The server may have heard of the registration after the claim: now it can send a leg for certain.
        if (registered) void this.claim()
      },
      onAccountRefused: () => {
        this.#disconnect()
        this.#later(() => void this.#connect())
      },
      onRemoteTrack: (track) => void this.#hear(track),
      onLegOver: stopRemote,
    }
  }

  async #hear(track: MediaStreamTrack): Promise<void> {
    if (!(await playRemote(track))) this.#desk.audioBlocked = true
  }

  #disconnect(): void {
    clearTimeout(this.#again)
    this.#phone?.close()
    this.#phone = undefined
    this.#desk.sipRegistered = false
    stopRemote()
  }

  /** The leg broke off while the page lives on: the caller hears music and waits for the next one. */
  #watchMissingLeg(): () => void {
    const legMissing = (): boolean => {
      const { view, linkUp } = this.#operator
      const wanted = view?.call !== undefined || view?.listening !== undefined
      return linkUp && this.#desk.sipRegistered && wanted && !view.leg
    }
    return watch(legMissing, (missing, _before, onCleanup) => {
      const timer = missing ? setTimeout(() => void this.claim(), MISSING_LEG_MS) : undefined
      onCleanup(() => clearTimeout(timer))
    })
  }

  #watchStrayLeg(): () => void {
    const noLegWanted = (): boolean => {
      const { view, linkUp } = this.#operator
      return linkUp && view !== undefined && !view.call && !view.leg
    }
    return watch(noLegWanted, (stray, _before, onCleanup) => {
      const timer = stray ? setTimeout(() => this.#phone?.hangUp(), STRAY_LEG_MS) : undefined
      onCleanup(() => clearTimeout(timer))
    })
  }
}
