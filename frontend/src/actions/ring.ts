import { watch } from 'vue'
import { notifyCall } from '../adapters/notification'
import { showIcon, showTitle, type PageIcon } from '../adapters/page-signs'
import { startRingtone, stopRingtone } from '../adapters/sound'
import { text } from '../i18n'
import { inCall, phoneState } from '../model/phone-state'
import { callContext, numberWord, partyWord, statusWord } from '../model/words'
import { useDeskStore } from '../stores/desk'
import { useOperatorStore } from '../stores/operator'

/** An operator's page goes by his status. */
export function statusTitle(): string {
  const { view } = useOperatorStore()
  return view ? text('title.page', { status: statusWord(view.status, text) }) : text('app.name')
}

/**
 * Makes a ringing call heard and seen beyond the page: sound, notification, title and icon; `quietTitle` stands while
 * nothing rings. Returns how to stop.
 */
export function ringWithView(quietTitle: () => string): () => void {
  const stops = [soundAndNotification(), titleAndIcon(quietTitle), trialRingtone()]
  return () => {
    for (const stop of stops) stop()
    stopRingtone()
    showIcon('idle')
    showTitle(text('app.name'))
  }
}

/** Only the tab with the phone rings, or two tabs would ring twice. */
function soundAndNotification(): () => void {
  const operator = useOperatorStore()
  const desk = useDeskStore()
  const ringing = (): string | undefined => {
    const call = operator.view?.call
    return call?.phase === 'ringing' && desk.tab === 'owner' && operator.link !== 'lost' ? call.id : undefined
  }
  return watch(
    ringing,
    (_id, _before, onCleanup) => {
      const call = operator.view?.call
      if (!ringing() || !call) return
      desk.tryingRingtone = false
      startRingtone(call.internal ? 'internal' : 'outside')
      const withdraw = notifyCall({
        title: `${text('phoneState.ringing')} ${call.internal ? partyWord(call, text) : numberWord(call, text)}`,
        body: callContext(call, text),
      })
      onCleanup(() => {
        stopRingtone()
        withdraw()
      })
    },
    { immediate: true },
  )
}

function titleAndIcon(quietTitle: () => string): () => void {
  const operator = useOperatorStore()
  const title = (): string => {
    const { view } = operator
    if (phoneState(view) === 'ringing' && view?.call)
      return text('title.ringing', { caller: numberWord(view.call, text) })
    return quietTitle()
  }
  const stopTitle = watch(title, showTitle, { immediate: true })
  const icon = (): PageIcon => {
    if (phoneState(operator.view) === 'ringing') return 'ringing'
    return inCall(operator.view) ? 'call' : 'idle'
  }
  const stopIcon = watch(icon, showIcon, { immediate: true })
  return () => {
    stopTitle()
    stopIcon()
  }
}

/** The ringtone at the operator's own wish; a call that comes takes it over. */
function trialRingtone(): () => void {
  const desk = useDeskStore()
  return watch(
    () => desk.tryingRingtone,
    (trying) => {
      if (trying) startRingtone('outside')
      else stopRingtone()
    },
    { flush: 'sync' },
  )
}
