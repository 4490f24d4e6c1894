import type { PhoneView } from '@tsunagu/contract'
import { watch } from 'vue'
import { request } from '../adapters/http'
import type { Phone } from '../adapters/phone'
import { playRemote, stopRemote } from '../adapters/remote-audio'
import type { Link } from '../adapters/socket'
import { openTabLock } from '../adapters/tab-lock'
import { useDeskStore } from '../stores/desk'
import { useOperatorStore } from '../stores/operator'
import { legAnnounced } from './leg-announced'
import { keepMicrophone } from './microphone'

export interface PhoneLine {
  /** The link to the server is there, again or for the first time: says who has the phone. */
  claim: () => Promise<void>
  /** Takes the phone from the other tab. */
  useHere: () => void
  openMicrophone: () => Promise<unknown>
  reconnect: () => void
  close: () => void
}

const TRY_AGAIN_MS = 2_000
/** A leg that the server no longer knows is let go, but not in the moment between two legs. */
const STRAY_LEG_MS = 3_000

/** This tab's part in the phone: the right to it, the microphone, the registration, the one leg. */
export function openPhoneLine(link: Link, onSessionGone: () => void): PhoneLine {
  const desk = useDeskStore()
  const operator = useOperatorStore()
  const microphone = keepMicrophone((track) => void phone?.replaceTrack(track))
  let phone: Phone | undefined
  let connecting = false
  let again: ReturnType<typeof setTimeout> | undefined

  const owner = (): boolean => desk.tab === 'owner'

  const lock = openTabLock({
    gained: () => {
      desk.tab = 'owner'
      void microphone.warmUp()
      void claim()
    },
    lost: () => {
      desk.tab = 'other'
      hangUpLine()
      microphone.coolDown()
    },
    heldElsewhere: () => (desk.tab = 'other'),
  })

  async function claim(): Promise<void> {
    clearTimeout(again)
    if (!owner() || !operator.linkUp) return
    const leg = phone?.heldLeg
    const ack = await link.ask('phone:claim', leg ? { leg } : {})
    if (!owner()) return
    if (ack.ok) await connect()
    else again = setTimeout(() => void claim(), TRY_AGAIN_MS)
  }

  /** The account is made anew with every login, so it is asked for and not kept. */
  async function connect(): Promise<void> {
    if (phone || connecting) return
    connecting = true
    const [account, jssip] = await Promise.all([
      request<PhoneView>('GET', '/phone'),
      import('../adapters/phone'),
    ])
    connecting = false
    if (!owner()) return
    if (account.ok) phone = newPhone(jssip.Phone, account.body)
    else if (account.code === 'not-logged-in') onSessionGone()
    else again = setTimeout(() => void connect(), TRY_AGAIN_MS)
  }

  function newPhone(PhoneClass: typeof Phone, account: PhoneView): Phone {
    return new PhoneClass({
      account,
      url: `wss://${location.host}/sip`,
      expects: legAnnounced,
      microphone: microphone.stream,
      onRegistered: (registered) => (desk.sipRegistered = registered),
      onAccountRefused: () => {
        hangUpLine()
        again = setTimeout(() => void connect(), TRY_AGAIN_MS)
      },
      onRemoteTrack: (track) => void playRemote(track).then((heard) => (desk.audioBlocked ||= !heard)),
      onLegOver: stopRemote,
    })
  }

  function hangUpLine(): void {
    clearTimeout(again)
    phone?.close()
    phone = undefined
    desk.sipRegistered = false
    stopRemote()
  }

  const stopStray = watch(
    () => operator.linkUp && operator.view !== undefined && !operator.view.call && !operator.view.leg,
    (stray, _before, onCleanup) => {
      const timer = stray ? setTimeout(() => phone?.hangUp(), STRAY_LEG_MS) : undefined
      onCleanup(() => clearTimeout(timer))
    },
  )

  const close = (): void => {
    stopStray()
    lock.release()
    hangUpLine()
    microphone.close()
  }
  return {
    claim,
    useHere: lock.steal,
    openMicrophone: microphone.stream,
    reconnect: () => phone?.reconnect(),
    close,
  }
}
