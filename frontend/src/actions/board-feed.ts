import type { BoardChange, BoardSnapshot } from '@tsunagu/contract'
import { watch } from 'vue'
import type { LinkEvents } from '../adapters/socket'
import { changed, taken, type Board, type Tables } from '../model/board'
import { useBoardStore } from '../stores/board'
import { useClockStore } from '../stores/clock'
import { useOperatorStore } from '../stores/operator'

/** Changes that come in a crowd are shown together; the first of them at once. */
const TOGETHER_MS = 80
/** A board with a gap heals within this time, or says that it is old. */
const HEALS_MS = 2_000

export interface BoardFeed {
  hears: Required<Pick<LinkEvents, 'snapshot' | 'change'>>
  close: () => void
}

interface FeedOptions {
  /** Asks for the whole board: there is a gap. */
  askForWhole: () => void
  /** Told of every board at once, also where nobody looks; not of what is only shown late. */
  onTables: (before: Tables | undefined, after: Tables) => void
}

/** Puts the board together from snapshots and numbered changes, and asks for the whole where a number is missing. */
export function feedBoard({ askForWhole, onTables }: FeedOptions): BoardFeed {
  const store = useBoardStore()
  const operator = useOperatorStore()
  const shown = togetherWith((tables: Tables) => store.show(tables))
  let board: Board | undefined
  /** A gap was found, and the board that fills it has not come. */
  let waiting = false
  let again: ReturnType<typeof setTimeout> | undefined

  function take(next: Board): void {
    if (next === board) return
    const before = board?.tables
    board = next
    onTables(before, next.tables)
    shown.soon(next.tables)
  }

  function resync(): void {
    waiting = true
    clearTimeout(again)
    again = setTimeout(() => {
      store.stale = true
      if (operator.linkUp) resync()
    }, HEALS_MS)
    askForWhole()
  }

  function healed(): void {
    waiting = false
    clearTimeout(again)
    store.stale = false
  }

  function snapshot(whole: BoardSnapshot): void {
    const receivedAt = Date.now()
    operator.heardTime(whole.now, receivedAt)
    useClockStore().tick(receivedAt + (operator.offset ?? 0))
    take(taken(board, whole))
    shown.now()
    healed()
  }

  function change(one: BoardChange): void {
    operator.heardTime(one.now, Date.now())
    // A gap is asked about once, and what comes before the first board is in it.
    if (!board || waiting) return
    const next = changed(board, one)
    if (next) take(next)
    else resync()
  }

  // With every new link the whole board comes by itself.
  const stopWatching = watch(
    () => operator.link,
    (link) => {
      if (link === 'lost') store.stale = true
      if (link !== 'up') clearTimeout(again)
    },
  )
  return {
    hears: { snapshot, change },
    close: () => {
      stopWatching()
      clearTimeout(again)
      shown.stop()
      store.forget()
    },
  }
}

/** Shows the first of a crowd at once, and the last of those that follow it closely. */
function togetherWith<T>(show: (latest: T) => void): {
  soon: (latest: T) => void
  now: () => void
  stop: () => void
} {
  let timer: ReturnType<typeof setTimeout> | undefined
  let pending: { latest: T } | undefined
  const now = (): void => {
    if (pending) show(pending.latest)
    pending = undefined
  }
  const again = (): void => {
    timer = pending ? setTimeout(again, TOGETHER_MS) : undefined
    now()
  }
  return {
    soon: (latest) => {
      pending = { latest }
      if (timer !== undefined) return
      now()
      timer = setTimeout(again, TOGETHER_MS)
    },
    now,
    stop: () => clearTimeout(timer),
  }
}
