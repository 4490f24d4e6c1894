import { defineAsyncComponent, type AsyncComponentLoader, type Component } from 'vue'

/**
 * What is shown at somebody's wish. None of it is needed before the phone is: it comes after it, and is there when it is
 * first wanted.
 */
const FETCH = {
  books: () => import('./BooksPanel.vue'),
  history: () => import('./HistoryPanel.vue'),
  outside: () => import('./OutsidePanel.vue'),
  sheet: () => import('./SideSheet.vue'),
  question: () => import('./ConfirmDialog.vue'),
}

const AGAIN_MS = 1_000
const ATTEMPTS = 10

/** What the network lost is asked for again while its place is open. */
const onDemand = <T extends Component>(loader: AsyncComponentLoader<T>): T =>
  defineAsyncComponent({
    loader,
    onError: (...[, retry, fail, attempts]) => {
      if (attempts > ATTEMPTS) fail()
      else setTimeout(retry, AGAIN_MS)
    },
  })

export const BooksPanel = onDemand(FETCH.books)
export const HistoryPanel = onDemand(FETCH.history)
export const OutsidePanel = onDemand(FETCH.outside)
export const SideSheet = onDemand(FETCH.sheet)
export const ConfirmDialog = onDemand(FETCH.question)

/** Fetches it all before it is asked for. What does not come now comes when it is wanted. */
export async function fetchOnDemand(): Promise<void> {
  await Promise.allSettled(Object.values(FETCH).map((fetch) => fetch()))
}
