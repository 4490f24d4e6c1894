import { useNoticeStore } from '../stores/notices'
import { useOperatorStore } from '../stores/operator'

/** Shorter gaps heal before anybody could read about them. */
const WORTH_SAYING_MS = 2_000

/** Keeps the store's word on the link, and says it when it is lost for longer than a moment. */
export function watchLink(): { up: () => void; down: () => void; close: () => void } {
  const operator = useOperatorStore()
  const notices = useNoticeStore()
  let timer: ReturnType<typeof setTimeout> | undefined

  const lose = (): void => {
    operator.linkIs('lost')
    notices.say('alert', { key: 'announce.linkLost' })
  }
  return {
    up: () => {
      clearTimeout(timer)
      timer = undefined
      if (operator.link === 'lost') notices.say('polite', { key: 'announce.linkBack' })
      operator.linkIs('up')
    },
    // Called again at every attempt that fails: the time runs from the first.
    down: () => {
      if (operator.link !== 'lost') operator.linkIs('broken')
      timer ??= setTimeout(lose, WORTH_SAYING_MS)
    },
    close: () => clearTimeout(timer),
  }
}
