import { inject, provide, type InjectionKey } from 'vue'
import { useBoardStore, usePastBoardStore } from '../../stores/board'
import { useClockStore } from '../../stores/clock'

/** Which board the components below show, and what time it is on it. */
export interface Shown {
  board: Pick<
    ReturnType<typeof useBoardStore>,
    'operators' | 'queues' | 'site' | 'waiting' | 'alerts' | 'parked' | 'crossings' | 'known' | 'stale'
  >
  now: () => number
  /** It is only looked at. */
  past: boolean
}

const shownKey: InjectionKey<Shown> = Symbol('shown')

/** The live board, unless a page shows another one. */
export function useShown(): Shown {
  return (
    inject(shownKey, undefined) ?? { board: useBoardStore(), now: () => useClockStore().now, past: false }
  )
}

/** The components below show the board as it was; its clocks stand. */
export function showPast(): void {
  const board = usePastBoardStore()
  provide(shownKey, { board, now: () => board.time, past: true })
}
