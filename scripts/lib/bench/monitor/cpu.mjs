// @ts-check
import { readFile } from 'node:fs/promises'
import { get } from 'node:https'
import { join } from 'node:path'

/** Of /proc: USER_HZ, 100 on every Linux that we run on. */
const TICK_MS = 10

/** What the parts of a stack have used of the processor. */
export class CpuWatch {
  /** @type {Map<string, number>} */
  #before = new Map()
  #since = 0

  /** @param {Map<string, number>} pids by name */
  constructor(pids) {
    this.pids = pids
  }

  /** @param {string} runtimeDir */
  static async of(runtimeDir) {
    const parts = ['backend', 'valkey', 'asterisk']
    const pids = await Promise.all(
      parts.map(async (name) => Number(await readFile(join(runtimeDir, `run/${name}.pid`), 'utf8'))),
    )
    const all = parts.map((name, at) => /** @type {const} */ ([name, pids[at] ?? 0]))
    return new CpuWatch(new Map([...all, ['load', process.pid]]))
  }

  async start() {
    this.#since = performance.now()
    for (const [name, pid] of this.pids) this.#before.set(name, await usedMs(pid))
  }

  /** Percent of one core since the start. @returns {Promise<Record<string, number>>} */
  async stop() {
    const ms = performance.now() - this.#since
    /** @type {Record<string, number>} */
    const used = {}
    for (const [name, pid] of this.pids) {
      used[name] = ((await usedMs(pid)) - (this.#before.get(name) ?? 0)) / (ms / 100)
    }
    return used
  }
}

/** @param {number} pid */
async function usedMs(pid) {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  // The name in brackets may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS
}

/**
 * How late the backend's event loop was, p99 since this was last asked, ms. @param {string} url @returns {Promise<number>}
 */
export function loopDelayOf(url) {
  return new Promise((resolve, reject) => {
    const call = get(`${url}/metrics`, { rejectUnauthorized: false }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (/** @type {string} */ part) => (text += part))
      answer.on('end', () =>
        resolve(Number(/^nodejs_eventloop_lag_p99_seconds (\S+)$/m.exec(text)?.[1]) * 1000),
      )
    })
    call.on('error', reject)
  })
}

/** MB of memory in use. @param {number} pid */
export async function memoryOf(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
}
