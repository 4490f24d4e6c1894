import type { NotificationState } from '../stores/desk'

const STATES: Record<NotificationPermission, NotificationState> = {
  default: 'askable',
  granted: 'allowed',
  denied: 'blocked',
}

export function notificationState(): NotificationState {
  return 'Notification' in globalThis ? STATES[Notification.permission] : 'unsupported'
}

export async function askForNotifications(): Promise<NotificationState> {
  if ('Notification' in globalThis) await Notification.requestPermission()
  return notificationState()
}

interface CallNotice {
  title: string
  body: string
  tag?: string
}

/** Shows a call outside the page while nobody looks at it; one of the same tag goes. Returns how to take it away. */
export function notifyCall({ title, body, tag = 'tsunagu-call' }: CallNotice): () => void {
  if (notificationState() !== 'allowed' || document.hasFocus()) return () => undefined
  const shown = new Notification(title, {
    body,
    tag,
    icon: '/favicon-ringing.svg',
    requireInteraction: true,
    silent: true,
  })
  // A click only brings the page forward: answering stays a deliberate act.
  shown.onclick = () => {
    window.focus()
    shown.close()
  }
  return () => shown.close()
}
