import { watch } from 'vue'
import { keepMutedCall, keptMutedCall } from '../adapters/preferences'
import { inCall } from '../model/phone-state'
import { useDeskStore } from '../stores/desk'
import { useNoticeStore } from '../stores/notices'
import { useOperatorStore } from '../stores/operator'

/**
 * Muting belongs to one call: it is off for each new one, and stays over a reload or a move to another tab in the call,
 * because nobody may be heard unasked. Returns how to stop.
 */
export function watchMute(): () => void {
  const operator = useOperatorStore()
  const desk = useDeskStore()
  const notices = useNoticeStore()
  return watch(
    // Before the first view nothing is known of a call.
    [() => operator.view !== undefined, () => callOf(operator.view), () => desk.tab],
    ([known, call, tab]) => {
      if (!known || tab === 'waiting') return
      const muted = call !== undefined && keptMutedCall() === call
      if (muted && !desk.muted && tab === 'owner') notices.show({ key: 'notice.stillMuted' })
      if (!muted && tab === 'owner') keepMutedCall('')
      desk.muted = muted
    },
    { immediate: true, flush: 'sync' },
  )
}

/** 「ミュート」: from now on the other party does not hear this operator; pressed again he does. */
export function toggleMute(): void {
  const call = callOf(useOperatorStore().view)
  if (call === undefined) return
  const desk = useDeskStore()
  desk.muted = !desk.muted
  keepMutedCall(desk.muted ? call : '')
  useNoticeStore().say('polite', { key: desk.muted ? 'announce.muted' : 'announce.unmuted' })
}

/** A supervisor's part in an operator's call is muted like a call of his own. */
const callOf = (view: ReturnType<typeof useOperatorStore>['view']): string | undefined =>
  inCall(view) ? view?.call?.id : view?.listening && `listening ${view.listening.operator.id}`
