/** What the browser's own tab shows of the page. */
export function showTitle(title: string): void {
  document.title = title
}

export type PageIcon = 'idle' | 'ringing' | 'call'

const ICONS: Record<PageIcon, string> = {
  idle: '/favicon.svg',
  ringing: '/favicon-ringing.svg',
  call: '/favicon-call.svg',
}

export function showIcon(which: PageIcon): void {
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
  if (icon) icon.href = ICONS[which]
}

export interface LeavingEvents {
  /** Whether leaving now would cut into a call, so that the browser should ask first. */
  shouldAsk: () => boolean
  leaving: () => void
}

/** Watches the page's end: closing, reloading, going elsewhere. Returns how to stop. */
export function watchLeaving(on: LeavingEvents): () => void {
  const ask = (event: BeforeUnloadEvent): void => {
    if (on.shouldAsk()) event.preventDefault()
  }
  // A page that comes back from the browser's cache has lost its links: it starts afresh.
  const comeBack = (event: PageTransitionEvent): void => {
    if (event.persisted) location.reload()
  }
  addEventListener('beforeunload', ask)
  addEventListener('pagehide', on.leaving)
  addEventListener('pageshow', comeBack)
  return () => {
    removeEventListener('beforeunload', ask)
    removeEventListener('pagehide', on.leaving)
    removeEventListener('pageshow', comeBack)
  }
}

/** Calls back when the page is being left, with time for one last word. Returns how to stop. */
export function onPageGone(then: () => void): () => void {
  addEventListener('pagehide', then)
  return () => removeEventListener('pagehide', then)
}

/** Leaving or reloading the page is asked about while there is something to lose. Returns how to stop. */
export function askBeforeLeaving(shouldAsk: () => boolean): () => void {
  const ask = (event: BeforeUnloadEvent): void => {
    if (shouldAsk()) event.preventDefault()
  }
  addEventListener('beforeunload', ask)
  return () => removeEventListener('beforeunload', ask)
}
