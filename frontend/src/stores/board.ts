import type { PastBoard } from '@tsunagu/contract'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { alertsOf, EMPTY_TABLES, parkedIn, queuesOf, waitingOf, type Rows, type Tables } from '../model/board'

function newBoard() {
  const operators = shallowRef<Rows<'operators'>>(EMPTY_TABLES.operators)
  const queueRows = shallowRef<Rows<'queues'>>(EMPTY_TABLES.queues)
  const waitingRows = shallowRef<Rows<'waiting'>>(EMPTY_TABLES.waiting)
  const parkedRows = shallowRef<Rows<'parked'>>(EMPTY_TABLES.parked)
  const crossingRows = shallowRef<Rows<'crossings'>>(EMPTY_TABLES.crossings)
  /** A board has come since the page was loaded. */
  const known = ref(false)
  /** What stands here may be old: the link is down, something is missing, or nothing has come yet. */
  const stale = ref(true)

  function show(tables: Tables): void {
    operators.value = tables.operators
    queueRows.value = tables.queues
    waitingRows.value = tables.waiting
    parkedRows.value = tables.parked
    crossingRows.value = tables.crossings
    known.value = true
  }

  function forget(): void {
    show(EMPTY_TABLES)
    known.value = false
    stale.value = true
  }

  const split = computed(() => queuesOf(queueRows.value))
  const queues = computed(() => split.value.queues)
  const site = computed(() => split.value.site)
  const waiting = computed(() => waitingOf(waitingRows.value, queues.value))
  const alerts = computed(() => alertsOf(operators.value))
  const parked = computed(() => parkedIn(parkedRows.value))
  const crossings = computed(() => [...crossingRows.value.values()].sort((a, b) => b.since - a.since))
  return { operators, queues, site, waiting, alerts, parked, crossings, known, stale, show, forget }
}

/**
 * What the server last said of everybody. Rows are shallow and keep their identity until they change: a board of a
 * thousand operators shows a change of one by rendering one.
 */
export const useBoardStore = defineStore('board', newBoard)

/** The board as it was at `time`. */
export const usePastBoardStore = defineStore('past-board', () => {
  const board = newBoard()
  const time = ref(0)
  const past = shallowRef<Omit<PastBoard, 'tables'>>()
  const busy = ref(false)
  const failed = ref(false)

  function clear(): void {
    board.forget()
    time.value = 0
    past.value = undefined
    busy.value = false
    failed.value = false
  }

  return { ...board, time, past, busy, failed, clear }
})
