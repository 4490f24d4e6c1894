import { watch } from 'vue'
import { onFirstGesture } from '../adapters/microphone'
import { watchLeaving } from '../adapters/page-signs'
import { resumeRemote } from '../adapters/remote-audio'
import type { Link } from '../adapters/socket'
import { soundAllowed, unlockSound } from '../adapters/sound'
import { startTicker } from '../adapters/ticker'
import { inCall } from '../model/phone-state'
import { useClockStore } from '../stores/clock'
import { useDeskStore } from '../stores/desk'
import { useOperatorStore } from '../stores/operator'
import type { PhoneLine } from './phone-line'

/** Each of these watches something for the desk and returns how to stop. */

export function runClocks(link: Link, line: PhoneLine): () => void {
  const operator = useOperatorStore()
  const clock = useClockStore()
  const ticker = startTicker({
    tick: (localNow) => clock.tick(localNow + (operator.offset ?? 0)),
    // After a sleep the connections look alive and are dead.
    woke: () => {
      link.reconnect()
      line.reconnect()
    },
  })
  const stopAligning = watch(
    () => operator.offset,
    (offset) => ticker.align(offset ?? 0),
  )
  return () => {
    stopAligning()
    ticker.stop()
  }
}

/** A page that was reloaded may not make sounds before a click, so it asks for one before a call comes. */
export function watchSound(): () => void {
  const desk = useDeskStore()
  const check = async (): Promise<void> => {
    const [sound, voice] = await Promise.all([soundAllowed() || unlockSound(), resumeRemote()])
    desk.audioBlocked = !sound || !voice
  }
  // An open microphone is leave enough for most browsers.
  const stop = watch(
    () => desk.microphone,
    () => void check(),
    { immediate: true },
  )
  const forget = onFirstGesture(() => void check())
  return () => {
    stop()
    forget()
  }
}

export function watchEnd(link: Link, line: PhoneLine): () => void {
  const operator = useOperatorStore()
  const desk = useDeskStore()
  return watchLeaving({
    shouldAsk: () => desk.tab === 'owner' && inCall(operator.view),
    // The server then need not wait for a time-out to know that this page is gone.
    leaving: () => {
      link.tellRelease()
      line.close()
    },
  })
}
