// @ts-check
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'
import { Supervisor } from './supervisor.mjs'

let runDir = ''
/** @type {string[]} */
let said = []
/** @type {Supervisor} */
let supervisor

beforeEach(() => {
  runDir = mkdtempSync(join(tmpdir(), 'tsunagu-run-'))
  said = []
  supervisor = new Supervisor(runDir, (line) => said.push(line))
})

/** A part without a process. @param {number} pid */
function fakePart(pid) {
  /** @type {(end: { code: number | null, signal: NodeJS.Signals | null }) => void} */
  let end = () => undefined
  /** @type {import('../runtime/part.mjs').Part['exited']} */
  const exited = new Promise((resolve) => (end = resolve))
  const stop = vi.fn(async () => end({ code: 0, signal: null }))
  return { name: 'asterisk', pid, exited, stop, die: () => end({ code: null, signal: 'SIGKILL' }) }
}

const pidFile = () => readFileSync(join(runDir, 'asterisk.pid'), 'utf8').trim()

test('a part that dies is started again, and both are said', async () => {
  const parts = [fakePart(11), fakePart(22)]
  const start = vi.fn(
    async () => /** @type {ReturnType<typeof fakePart>} */ (parts[start.mock.calls.length - 1]),
  )
  await supervisor.run('asterisk', start)
  expect(pidFile()).toBe('11')
  parts[0]?.die()
  await vi.waitFor(() => expect(pidFile()).toBe('22'))
  await vi.waitFor(() => expect(said).toHaveLength(2))
  expect(said).toEqual([
    'asterisk (process 11) ended: signal SIGKILL. It is started again.',
    'asterisk serves again (process 22).',
  ])
  await supervisor.stop()
})

test('one that does not come up at once is tried again', async () => {
  const parts = [fakePart(11), fakePart(33)]
  const start = vi
    .fn()
    .mockResolvedValueOnce(parts[0])
    .mockRejectedValueOnce(new Error('port taken'))
    .mockResolvedValueOnce(parts[1])
  await supervisor.run('asterisk', start)
  parts[0]?.die()
  await vi.waitFor(() => expect(pidFile()).toBe('33'), { timeout: 3000 })
  expect(said).toContain('asterisk does not start: port taken')
  await supervisor.stop()
})

test('the first start fails loudly', async () => {
  await expect(supervisor.run('asterisk', () => Promise.reject(new Error('port taken')))).rejects.toThrow(
    'port taken',
  )
})

test('stopping stops the last started first, and starts nothing again', async () => {
  /** @type {string[]} */ const order = []
  for (const [name, pid] of /** @type {const} */ ([
    ['valkey', 1],
    ['asterisk', 2],
    ['backend', 3],
  ])) {
    const part = fakePart(pid)
    part.stop.mockImplementation(async () => {
      order.push(name)
      part.die()
    })
    await supervisor.run(name, async () => part)
  }
  await supervisor.stop()
  expect(order).toEqual(['backend', 'asterisk', 'valkey'])
  expect(said).toEqual([])
  expect(readdirSync(runDir)).toEqual([])
})

test('a part whose start was under way when all was stopped is stopped, too', async () => {
  const part = fakePart(11)
  await supervisor.run('asterisk', async () => {
    await supervisor.stop()
    return part
  })
  expect(part.stop).toHaveBeenCalled()
  expect(readdirSync(runDir)).toEqual([])
})
