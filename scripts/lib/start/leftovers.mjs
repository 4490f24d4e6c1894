// @ts-check
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '../fault.mjs'
import { isAlive } from '../runtime/lock.mjs'
import { waitUntil } from '../wait.mjs'

/**
 * Takes RUNTIME_DIR for this process, or says who has it.
 * @param {string} runtimeDir @returns {Promise<() => Promise<void>>} gives it back
 */
export async function claimRuntimeDir(runtimeDir) {
  const file = join(runtimeDir, 'run/start.pid')
  await mkdir(join(runtimeDir, 'run'), { recursive: true })
  const holder = Number(await readFile(file, 'utf8').catch(() => '0'))
  if (holder !== process.pid && isAlive(holder) && (await commandOf(holder)).includes('start.mjs')) {
    throw new Fault(
      `A stack runs from ${runtimeDir} already (process ${holder}).`,
      'Stop that one first, or give this one its own RUNTIME_DIR and ports (PORT, SIP_PORT, ARI_PORT, REDIS_PORT, CARRIER_PORT).',
    )
  }
  await writeFile(file, String(process.pid))
  return async () => {
    for (const name of ['start.pid', 'carrier.json', 'ari.json'])
      await rm(join(runtimeDir, 'run', name), { force: true })
  }
}

/**
 * Stops parts that an earlier start left behind when it was killed. They are known by a mark in their environment
 * (set in part.mjs), never by a process ID alone, which may be somebody else's by now.
 * @param {string[]} dirs the folders of the parts @param {(line: string) => void} log
 */
export async function stopLeftovers(dirs, log) {
  const marks = dirs.map((dir) => `TSUNAGU_PART=${dir}`)
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number)
  const ours = await Promise.all(pids.map(async (pid) => ({ pid, mark: await markOf(pid) })))
  const left = ours
    .filter(({ pid, mark }) => pid !== process.pid && marks.includes(mark))
    .map(({ pid }) => pid)
  if (left.length === 0) return
  log(`Stopping what an earlier start left behind (processes ${left.join(', ')}) …`)
  for (const pid of left) process.kill(pid, 'SIGTERM')
  const whyNot = () => (left.some(isAlive) ? 'they still run' : '')
  await waitUntil(whyNot, { what: 'Their end', timeoutMs: 5000 }).catch(() =>
    left.filter(isAlive).forEach((pid) => process.kill(pid, 'SIGKILL')),
  )
  await waitUntil(whyNot, { what: 'The end of the leftover processes', timeoutMs: 5000 })
}

/** Empty for other users' processes, whose environment is closed to us. @param {number} pid */
async function markOf(pid) {
  const environ = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')
  return environ.split('\0').find((entry) => entry.startsWith('TSUNAGU_PART=')) ?? ''
}

/** @param {number} pid */
async function commandOf(pid) {
  return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => 'start.mjs, for all we can tell')
}
