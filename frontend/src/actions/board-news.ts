import { watch } from 'vue'
import { notifyCall } from '../adapters/notification'
import { playAlert, playCrossing } from '../adapters/sound'
import { text } from '../i18n'
import { alertsOf, type BoardAlert, type Tables } from '../model/board'
import { newsOf, type BoardNews } from '../model/board-news'
import { crossingWords } from '../model/board-words'
import { useDeskStore } from '../stores/desk'
import { useNoticeStore } from '../stores/notices'

export interface NewsTeller {
  tell: (before: Tables | undefined, after: Tables) => void
  close: () => void
}

const openAlerts = (tables: Tables): BoardAlert[] =>
  alertsOf(tables.operators).filter(({ alert }) => alert.acknowledgedBy === undefined)

/**
 * An alert is heard, said, and shown outside the page until somebody is on it or it is over; a crossing is heard and said,
 * more quietly. Each of them once: of several pages in one browser the one with the phone is heard.
 */
export function tellNews(): NewsTeller {
  const notices = useNoticeStore()
  const beyond = tellBeyondPage()

  function tell(before: Tables | undefined, after: Tables): void {
    const news = newsOf(before, after)
    notices.say(
      'alert',
      ...news.alerts.map(({ name, extension }) => ({
        key: 'alerts.notice' as const,
        params: { name, extension },
      })),
    )
    notices.say('polite', ...news.crossings.map((crossing) => crossingWords(crossing, after.queues, text)))
    beyond.tell(news, new Set(openAlerts(after).map(({ key }) => key)))
  }

  return { tell, close: beyond.close }
}

/** Sound and desktop: only from the page with the phone. Until it is known which one that is, the news waits. */
function tellBeyondPage() {
  const desk = useDeskStore()
  /** What stands on the desktop, by the operator it is about. */
  const shown = new Map<string, () => void>()
  let early: BoardNews | undefined

  function takeAway(still: ReadonlySet<string>): void {
    for (const [key, close] of shown) {
      if (still.has(key)) continue
      close()
      shown.delete(key)
    }
  }

  function makeKnown({ alerts, crossings }: BoardNews): void {
    for (const { key, name, extension } of alerts) {
      const title = text('alerts.notice', { name, extension })
      shown.set(key, notifyCall({ title, body: '', tag: `tsunagu-alert-${key}` }))
    }
    if (alerts.length > 0) playAlert()
    else if (crossings.length > 0) playCrossing()
  }

  function tell(news: BoardNews, open: ReadonlySet<string>): void {
    takeAway(open)
    if (desk.tab === 'owner') makeKnown(news)
    if (desk.tab !== 'waiting') return
    const { alerts = [], crossings = [] } = early ?? {}
    early = {
      alerts: [...alerts, ...news.alerts].filter(({ key }) => open.has(key)),
      crossings: [...crossings, ...news.crossings],
    }
  }

  const stop = watch(
    () => desk.tab,
    (tab) => {
      if (tab === 'owner' && early) makeKnown(early)
      early = undefined
    },
    { flush: 'sync' },
  )
  return {
    tell,
    close: () => {
      stop()
      takeAway(new Set())
    },
  }
}
