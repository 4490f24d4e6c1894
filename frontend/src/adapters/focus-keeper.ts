const FOCUSABLE = 'a[href], button, input, select, textarea, [tabindex]'
/** What belongs together: where a button vanishes, the focus stays among its neighbours. */
const REGION = '[role="group"], [role="dialog"], [role="alertdialog"], section, form, ul, table, header, main'
const REMEMBERED = 10

/**
 * When what has the focus vanishes (a call ends, a notice goes), the browser leaves the focus nowhere, and whoever works
 * with the keyboard starts again at the top. This puts it on the next button of the same group, else on what had it before,
 * else on the page's heading. Returns how to stop.
 */
export function keepFocus(): () => void {
  let lost: HTMLElement | undefined
  let neighbours: HTMLElement[] = []
  let trail: HTMLElement[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  const note = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement)) return
    lost = target
    neighbours = neighboursOf(target)
    trail = [target, ...trail.filter((one) => one !== target)].slice(0, REMEMBERED)
  }
  const check = (): void => {
    if (!lost || document.activeElement !== document.body) return
    // Somebody clicked beside everything: that is no loss.
    if (lost.isConnected) lost = undefined
    else [...neighbours, ...trail].find(canHaveFocus)?.focus()
    if (lost && document.activeElement === document.body) focusHeading()
  }
  // A dialog gives the focus back itself, a moment after it is gone.
  const checkSoon = (): void => {
    clearTimeout(timer)
    timer = setTimeout(check)
  }
  const observer = new MutationObserver(checkSoon)
  observer.observe(document.body, { childList: true, subtree: true })
  document.addEventListener('focusin', note)
  document.addEventListener('focusout', checkSoon)
  return () => {
    clearTimeout(timer)
    observer.disconnect()
    document.removeEventListener('focusin', note)
    document.removeEventListener('focusout', checkSoon)
  }
}

/** The others of the same region: those that follow, then those before, the nearest first. */
function neighboursOf(element: HTMLElement): HTMLElement[] {
  const region = element.closest(REGION)
  const all = [...(region?.querySelectorAll<HTMLElement>(FOCUSABLE) ?? [])].filter((one) => one.tabIndex >= 0)
  const at = all.indexOf(element)
  return at < 0 ? [] : [...all.slice(at + 1), ...all.slice(0, at).reverse()]
}

const canHaveFocus = (element: HTMLElement): boolean =>
  element.isConnected &&
  element.checkVisibility() &&
  element.closest('[inert], [aria-hidden="true"]') === null

function focusHeading(): void {
  const heading = document.querySelector<HTMLElement>('main h1')
  if (!heading) return
  heading.tabIndex = -1
  heading.focus()
}
