import { expect, test } from 'vitest'
import { jsonLog, type LogLevel } from './log.js'

function record(level: LogLevel = 'info') {
  const lines: string[] = []
  return { log: jsonLog(level, { write: (line) => void lines.push(line) }), lines }
}

test('a line is one JSON object with time, level and message', () => {
  const { log, lines } = record()
  log.info({ callId: 'c1' }, 'call ended')
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
    callId: 'c1',
    msg: 'call ended',
  })
})

test('secrets and what hangs on errors never reach the line', () => {
  const { log, lines } = record()
  const err = Object.assign(new Error('redis is gone'), { command: { args: ['hidden-1'] } })
  log.error({ err, phoneSecret: 'hidden-2', callerNumber: '09011112222' }, 'fault')
  expect(lines[0]).toContain('redis is gone')
  expect(lines[0]).not.toMatch(/hidden|09011112222/)
})

test('lines below the level are not written', () => {
  const { log, lines } = record('warn')
  log.debug({}, 'a')
  log.info({}, 'b')
  log.warn({}, 'c')
  expect(lines).toHaveLength(1)
})
