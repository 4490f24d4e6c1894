import { askBeforeLeaving } from '../adapters/page-signs'
import { useBookStore } from '../stores/books'

/** The browser asks before the page goes with edits that are not saved. Returns how to stop. */
export function watchUnsaved(): () => void {
  const books = useBookStore()
  return askBeforeLeaving(() => books.unsaved)
}
