import { pageId, type BoardSnapshot, type LogoutReason, type UserId } from '@tsunagu/contract'
import { notifyCall } from '../adapters/notification'
import { openLink } from '../adapters/socket'
import { playAlert } from '../adapters/sound'
import { startTicker } from '../adapters/ticker'
import { text } from '../i18n'
import { useAlertStore, type AlertsView } from '../stores/alerts'
import { useClockStore } from '../stores/clock'
import { useNoticeStore } from '../stores/notices'
import { watchLink } from './link-watch'

export interface AlertDesk {
  /** This supervisor is on it: the operator sees who. */
  acknowledge: (operator: UserId) => Promise<void>
  close: () => void
}

/** Sits a supervisor down: link, clock, and a sound for every alert that is new. */
export function openAlertDesk(onEnded: (reason: LogoutReason | undefined) => void): AlertDesk {
  const store = useAlertStore()
  const clock = useClockStore()
  const linkWatch = watchLink()
  const ignore = (): void => undefined
  const link = openLink(pageId(crypto.randomUUID()), {
    up: linkWatch.up,
    down: linkWatch.down,
    view: ignore,
    parks: ignore,
    snapshot: (board) => receive(alertsOf(board)),
    ended: onEnded,
  })
  const ticker = startTicker({
    tick: (localNow) => clock.tick(localNow + (store.offset ?? 0)),
    woke: () => link.reconnect(),
  })
  return {
    acknowledge: async (operatorId) => {
      const ack = await link.ask('alert:acknowledge', { operatorId })
      if (!ack.ok) useNoticeStore().show({ key: `refusal.${ack.code}` })
    },
    close: () => {
      ticker.stop()
      linkWatch.close()
      link.close()
      store.forget()
    },
  }
}

const alertsOf = ({ n, now, tables }: BoardSnapshot): AlertsView => ({
  seq: n,
  now,
  alerts: tables.operators.flatMap(({ key: id, name, extension, alert }) =>
    alert ? [{ ...alert, operator: { id, name, extension } }] : [],
  ),
})

function receive(view: AlertsView): void {
  const store = useAlertStore()
  const receivedAt = Date.now()
  const fresh = store.take(view, receivedAt)
  useClockStore().tick(receivedAt + (store.offset ?? 0))
  for (const { operator } of fresh) {
    const params = { name: operator.name, extension: operator.extension }
    playAlert()
    notifyCall(text('alerts.notice', params), '')
    useNoticeStore().say('alert', { key: 'alerts.notice', params })
  }
}
