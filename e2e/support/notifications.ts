import type { BrowserContext, Page } from '@playwright/test'

/** Before the page is loaded: nobody looks at it, and its desktop notifications are written down, not shown. */
export const recordNotifications = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => {
    document.hasFocus = () => false
    const shown: object[] = []
    class Noted extends EventTarget {
      static permission = 'granted'
      state = 'open'
      onclick = null
      constructor(title: string, { body }: NotificationOptions) {
        super()
        shown.push({ title, body, state: () => this.state })
      }
      close(): void {
        this.state = 'closed'
      }
    }
    Object.assign(globalThis, { Notification: Noted, shownNotifications: shown })
  })

/** `title, first word of the body: open` or `closed`, as they came. */
export const notificationsOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    interface Shown {
      title: string
      body: string
      state: () => string
    }
    const { shownNotifications } = globalThis as unknown as { shownNotifications: Shown[] }
    return shownNotifications.map(
      ({ title, body, state }) => `${title}, ${body.split(' ', 1)[0] ?? ''}: ${state()}`,
    )
  })
