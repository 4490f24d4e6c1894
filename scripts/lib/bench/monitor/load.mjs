// @ts-check
import { setTimeout as sleep } from 'node:timers/promises'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Fault } from '../../fault.mjs'
import { Board } from './board.mjs'
import { Page } from './page.mjs'

/** @typedef {{ page: Page, board: Board }} Monitor */
/** @typedef {{ id: string, page: Page, kind: string }} Operator */
/** @typedef {{ kind: string, at: number, left: number }} Pending */

/** What an operator presses, one after the other. */
const NEXT = new Map([
  ['ready', 'short-break'],
  ['short-break', 'lunch'],
])
/** A change that is not on every monitor by then is missing. */
const MISSING_MS = 10_000

/** @param {string} url @param {string} cookie @returns {Promise<Monitor & { snapshotMs: number, snapshotBytes: number }>} */
export async function openMonitor(url, cookie) {
  const page = new Page(url, cookie)
  const board = new Board()
  const shown = new Promise((resolve) => {
    page.onEvent = (event, body, bytes) => {
      if (event === 'board:snapshot') {
        board.take(body)
        resolve({ at: performance.now(), bytes })
      } else if (event === 'board:change') board.apply(body)
    }
  })
  const openedAt = await page.opened
  const { at, bytes } = await shown
  return { page, board, snapshotMs: at - openedAt, snapshotBytes: bytes }
}

/**
 * Operators press statuses, so many a second, and every monitor is watched for each of them.
 * @param {{ operators: Operator[], monitors: Monitor[], perSecond: number, seconds: number }} options
 */
export async function runLoad({ operators, monitors, perSecond, seconds }) {
  /** @type {Map<string, Pending>} */
  const pending = new Map()
  /** @type {number[]} */
  const onOne = []
  /** @type {number[]} */
  const onAll = []
  let messages = 0
  for (const { page, board } of monitors) {
    page.onEvent = (event, body) => {
      if (event !== 'board:change') return
      messages++
      board.apply(body)
      for (const row of body.set.operators ?? []) note(row)
    }
  }
  const note = (/** @type {{ key: string, status: { kind: string } }} */ { key, status }) => {
    const change = pending.get(key)
    if (!change || change.kind !== status.kind) return
    const ms = performance.now() - change.at
    onOne.push(ms)
    change.left--
    if (change.left > 0) return
    onAll.push(ms)
    pending.delete(key)
  }
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const changes = perSecond * seconds
  const bytesBefore = sumOf(monitors, ({ page }) => page.bytes)
  const startedAt = performance.now()
  for (let i = 0; i < changes; i++) {
    await until(startedAt + (i * 1000) / perSecond)
    press(operators, pending, monitors.length)
  }
  await until(startedAt + seconds * 1000)
  const bytes = sumOf(monitors, ({ page }) => page.bytes) - bytesBefore
  delay.disable()
  await untilAllSeen(pending)
  return {
    changes,
    seconds,
    onOne,
    onAll,
    messagesPerSecond: messages / monitors.length / seconds,
    bytesPerSecond: bytes / monitors.length / seconds,
    bytesPerChange: bytes / monitors.length / changes,
    gaps: sumOf(monitors, ({ board }) => board.gaps),
    loadDelayMs: delay.percentile(99) / 1e6,
  }
}

/** @param {Operator[]} operators @param {Map<string, Pending>} pending @param {number} left */
function press(operators, pending, left) {
  const free = operators.filter(({ id }) => !pending.has(id))
  const operator = free[Math.floor(Math.random() * free.length)]
  if (!operator) throw new Fault('Every operator has a change that not every monitor has seen.')
  const kind = NEXT.get(operator.kind) ?? 'ready'
  operator.kind = kind
  pending.set(operator.id, { kind, at: performance.now(), left })
  operator.page.ask('status:choose', { kind }).then(
    ({ ok, code }) => {
      if (!ok) process.emitWarning(`A status is refused: ${code}`)
    },
    () => undefined,
  )
}

/** @param {Map<string, Pending>} pending */
async function untilAllSeen(pending) {
  const limit = performance.now() + MISSING_MS
  while (pending.size > 0) {
    if (performance.now() > limit) throw new Fault(`${pending.size} changes are not on every monitor.`)
    await sleep(20)
  }
}

/** @param {number} at */
async function until(at) {
  const left = at - performance.now()
  if (left > 0) await sleep(left)
}

/** @template T @param {T[]} all @param {(one: T) => number} of */
const sumOf = (all, of) => all.reduce((sum, one) => sum + of(one), 0)
