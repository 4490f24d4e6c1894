// @ts-check
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** @typedef {import('../runtime/part.mjs').Part} Part */

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 15_000
/** A part that lived that long has recovered: its next death is a new one. */
const RECOVERED_MS = 60_000

/** Keeps parts running: one that dies is started again, each time after a longer pause, and it is said. */
export class Supervisor {
  #stopping = new AbortController()
  /** In the order of their start. @type {Map<string, { part: Part | undefined, watch: Promise<void> }>} */
  #parts = new Map()

  /** @param {string} runDir where the process IDs stand @param {(line: string) => void} log */
  constructor(runDir, log) {
    this.runDir = runDir
    this.log = log
  }

  /** Starts a part for the first time (its failure is thrown), then watches it. @param {string} name @param {() => Promise<Part>} start */
  async run(name, start) {
    if (this.#stopping.signal.aborted) return
    const part = await start()
    // Asked to stop while this one was starting: it comes too late for the general stop.
    if (this.#stopping.signal.aborted) return part.stop()
    this.#note(name, part)
    this.#parts.set(name, { part, watch: this.#watch(name, start, part) })
  }

  /** Stops all, the last started first. */
  async stop() {
    this.#stopping.abort()
    for (const [name, { part, watch }] of [...this.#parts].reverse()) {
      await part?.stop()
      await watch
      rmSync(this.#pidFile(name), { force: true })
    }
  }

  /** @param {string} name @param {() => Promise<Part>} start @param {Part} first */
  async #watch(name, start, first) {
    /** @type {Part | undefined} */
    let part = first
    let pause = FIRST_PAUSE_MS
    for (;;) {
      const since = Date.now()
      const { code, signal } = await part.exited
      if (this.#stopping.signal.aborted) return
      if (Date.now() - since > RECOVERED_MS) pause = FIRST_PAUSE_MS
      this.log(
        `${name} (process ${part.pid}) ended: ${signal ? `signal ${signal}` : `exit code ${code}`}. It is started again.`,
      )
      do {
        await sleep(pause, undefined, { signal: this.#stopping.signal }).catch(() => undefined)
        if (this.#stopping.signal.aborted) return
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
        part = await this.#again(name, start)
      } while (!part)
      this.log(`${name} serves again (process ${part.pid}).`)
    }
  }

  /** @param {string} name @param {() => Promise<Part>} start */
  async #again(name, start) {
    try {
      const part = await start()
      this.#note(name, part)
      const entry = this.#parts.get(name)
      if (entry) entry.part = part
      if (this.#stopping.signal.aborted) await part.stop()
      return part
    } catch (error) {
      this.log(`${name} does not start: ${error instanceof Error ? error.message : error}`)
      return undefined
    }
  }

  /** @param {string} name @param {Part} part */
  #note(name, part) {
    writeFileSync(this.#pidFile(name), `${part.pid}\n`)
  }

  /** @param {string} name */
  #pidFile(name) {
    return join(this.runDir, `${name}.pid`)
  }
}
