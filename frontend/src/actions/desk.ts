import {
  pageId,
  type Ack,
  type Choice,
  type LogoutReason,
  type OperatorView,
  type ParkSlot,
} from '@tsunagu/contract'
import { inject, type InjectionKey } from 'vue'
import { askForNotifications, notificationState } from '../adapters/notification'
import { resumeRemote } from '../adapters/remote-audio'
import { openLink, type Asked, type Link, type LinkEvents, type Question } from '../adapters/socket'
import { playKey, playTest, unlockSound, type SoundOutput } from '../adapters/sound'
import type { DeviceRole } from '../model/devices'
import { transferArranged } from '../model/buttons'
import { isPadKey } from '../model/dtmf'
import { onHold } from '../model/phone-state'
import { pressOf } from '../model/status-choice'
import { useBookStore } from '../stores/books'
import { useClockStore } from '../stores/clock'
import { useDeskStore } from '../stores/desk'
import { useHistoryStore } from '../stores/history'
import { useNoticeStore } from '../stores/notices'
import { useOperatorStore } from '../stores/operator'
import { announceChanges } from './announce'
import { watchCallQuality } from './call-quality'
import { runClocks, watchEnd, watchSound } from './desk-watch'
import { dialler, type Dial } from './dial'
import { Devices } from './devices'
import { showLevel } from './input-level'
import { watchLink } from './link-watch'
import { toggleMute, watchMute } from './mute'
import { PhoneLine } from './phone-line'
import { ringWithView, statusTitle } from './ring'
import { watchUnsaved } from './unsaved'

/** What the operator's page can ask of the server. */
interface Requests {
  choose: (choice: Choice) => Promise<void>
  answer: () => Promise<void>
  hangUp: () => Promise<void>
  /** Calls a number, typed or from a book; with a call on hold, the target of its transfer. */
  dial: Dial
  /** 「転送実行」: connects whoever waits on hold with the target. */
  transfer: () => Promise<void>
  /** 「外線」: what outgoing calls present. True when it was taken. */
  present: (number: string) => Promise<boolean>
  sendTones: (digits: string) => Promise<void>
  /** 「保留」: holds, and pressed again resumes, whoever may be called meanwhile. */
  toggleHold: () => Promise<void>
  /** A slot of パーク保留: takes the call in it, or puts the present one there. */
  pressSlot: (slot: ParkSlot) => Promise<void>
  /** 「アラート」: asks for help, and pressed again withdraws it. */
  toggleAlert: () => Promise<void>
}

/** What it can do with the equipment of the seat. */
interface Equipment {
  /** 「ミュート」 */
  toggleMute: () => void
  /** Takes a device for a role; `''`: whatever the system has chosen. */
  chooseDevice: (role: DeviceRole, id: string) => Promise<void>
  testSound: (output: SoundOutput) => void
  /** Tells the level of the microphone, 0 to 1, many times a second. Returns how to stop. */
  showInputLevel: (show: (level: number) => void) => () => void
  keySound: (key: string) => void
  usePhoneHere: () => void
  openMicrophone: () => Promise<unknown>
  allowSound: () => Promise<void>
  allowNotifications: () => Promise<void>
}

export type Desk = Requests & Equipment & Line

/** The desk's link, for what else its page asks. */
interface Line {
  ask: Link['ask']
  close: () => void
}

/** What a page does with the desk besides an operator's work. */
export interface DeskOptions {
  /** What else it hears over the desk's link. */
  hears?: Pick<LinkEvents, 'snapshot' | 'change'>
  /** What stands in the browser's tab while nothing rings. */
  title?: () => string
}

export const deskKey: InjectionKey<Desk> = Symbol('desk')

export function useDesk(): Desk {
  const desk = inject(deskKey)
  if (!desk) throw new Error('There is no desk above this component.')
  return desk
}

/** Sits somebody with a phone down: link, phone, ring, clocks. Everything ends with `close`. */
export function openDesk(
  onEnded: (reason: LogoutReason | undefined) => void,
  { hears = {}, title = statusTitle }: DeskOptions = {},
): Desk {
  const linkWatch = watchLink()
  const link = openLink(pageId(crypto.randomUUID()), {
    up: () => {
      linkWatch.up()
      void line.claim()
    },
    down: linkWatch.down,
    view: receive,
    parks: (view) => useOperatorStore().takeParks(view),
    ended: onEnded,
    ...hears,
  })
  const line = new PhoneLine(link, () => onEnded(undefined))
  const devices = new Devices(line.microphone)
  const stops = [
    linkWatch.close,
    ringWithView(title),
    runClocks(link, line),
    watchSound(),
    watchEnd(link, line),
  ]
  stops.push(
    watchUnsaved(),
    watchMute(),
    watchCallQuality(link, () => line.stats()),
    () => devices.close(),
  )
  useDeskStore().notification = notificationState()

  const close = (): void => {
    for (const stop of stops) stop()
    line.close()
    link.close()
    useOperatorStore().forget()
    useDeskStore().clear()
    useBookStore().clear()
    useHistoryStore().clear()
    useNoticeStore().clear()
  }
  return { ...requests(link, line), ...equipment(line, devices), ask: link.ask, close }
}

function receive(view: OperatorView): void {
  const operator = useOperatorStore()
  const before = operator.view
  const receivedAt = Date.now()
  if (!operator.take(view, receivedAt)) return
  useClockStore().tick(receivedAt + (operator.offset ?? 0))
  announceChanges(before, view)
}

function requests(link: Link, line: PhoneLine): Requests {
  const notices = useNoticeStore()
  const operator = useOperatorStore()
  const desk = useDeskStore()
  /** A refusal is shown in words; what became of a request that was taken shows in the next view. */
  async function taken<E extends Asked>(event: E, ...question: Question<E>): Promise<boolean> {
    const ack: Ack = await link.ask(event, ...question)
    if (!ack.ok) notices.show({ key: `refusal.${ack.code}` })
    return ack.ok
  }
  const ask = async <E extends Asked>(event: E, ...question: Question<E>): Promise<void> => {
    await taken(event, ...question)
  }
  return {
    answer: () => ask('call:answer'),
    // The target may have left in this very moment; then the press must not cut whoever waits on hold.
    hangUp: () => ask(transferArranged({ view: operator.view }) ? 'call:drop-target' : 'call:hangup'),
    dial: dialler(link, line),
    transfer: () => ask('call:transfer'),
    present: (number) => taken('phone:present', { number }),
    sendTones: (digits) => ask('call:dtmf', { digits }),
    toggleHold: () => ask(onHold(operator.view) ? 'call:resume' : 'call:hold'),
    pressSlot: async (slot) => {
      const occupied = operator.parked.some((parked) => parked.slot === slot)
      const call = operator.view?.call?.id
      if (!occupied && call) operator.parking = { call, slot }
      await ask(occupied ? 'call:take' : 'call:park', { slot })
      operator.parking = undefined
    },
    toggleAlert: () => ask('alert:set', { on: operator.view?.alert === undefined }),
    choose: async (choice) => {
      // A caller must not be sent to somebody who cannot speak to him.
      const mute = choice.kind === 'ready' && desk.tab === 'owner' && !(await line.openMicrophone())
      if (mute) notices.show({ key: 'notice.readyNeedsMicrophone' })
      else if (pressOf(operator.view, choice) === 'cancel-next') await ask('status:cancel-next')
      else await ask('status:choose', choice)
    },
  }
}

function equipment(line: PhoneLine, devices: Devices): Equipment {
  const desk = useDeskStore()
  return {
    toggleMute,
    chooseDevice: (role, id) => devices.choose(role, id),
    testSound: playTest,
    showInputLevel: (show) => showLevel(line.microphone, show),
    keySound: (key) => isPadKey(key) && playKey(key),
    usePhoneHere: () => line.useHere(),
    openMicrophone: () => line.openMicrophone(),
    allowSound: async () => {
      const [sound, voice] = await Promise.all([unlockSound(), resumeRemote()])
      desk.audioBlocked = !sound || !voice
    },
    allowNotifications: async () => {
      desk.notification = await askForNotifications()
    },
  }
}
