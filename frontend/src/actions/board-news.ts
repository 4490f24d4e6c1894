import { notifyCall } from '../adapters/notification'
import { playAlert, playCrossing } from '../adapters/sound'
import { text } from '../i18n'
import { alertsOf, type Tables } from '../model/board'
import { newsOf } from '../model/board-news'
import { crossingWords } from '../model/board-words'
import { useNoticeStore } from '../stores/notices'

export interface NewsTeller {
  tell: (before: Tables | undefined, after: Tables) => void
  close: () => void
}

/**
 * An alert is heard, said, and shown outside the page until somebody is on it or it is over; a crossing is heard and said,
 * more quietly. Each of them once.
 */
export function tellNews(): NewsTeller {
  const notices = useNoticeStore()
  /** What stands on the desktop, by the operator it is about. */
  const shown = new Map<string, () => void>()

  function takeAway(still: ReadonlySet<string>): void {
    for (const [key, close] of shown) {
      if (still.has(key)) continue
      close()
      shown.delete(key)
    }
  }

  function tell(before: Tables | undefined, after: Tables): void {
    const open = alertsOf(after.operators).filter(({ alert }) => alert.acknowledgedBy === undefined)
    takeAway(new Set(open.map(({ key }) => key)))
    const { alerts, crossings } = newsOf(before, after)
    for (const { key, name, extension } of alerts) {
      const title = text('alerts.notice', { name, extension })
      shown.set(key, notifyCall({ title, body: '', tag: `tsunagu-alert-${key}` }))
    }
    notices.say(
      'alert',
      ...alerts.map(({ name, extension }) => ({
        key: 'alerts.notice' as const,
        params: { name, extension },
      })),
    )
    notices.say('polite', ...crossings.map((crossing) => crossingWords(crossing, after.queues, text)))
    if (alerts.length > 0) playAlert()
    else if (crossings.length > 0) playCrossing()
  }

  return { tell, close: () => takeAway(new Set()) }
}
