import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { userId } from '@tsunagu/contract'
import type { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { redisAlarms } from '../../src/adapters/redis/alarms.js'
import { takeLease } from '../../src/adapters/redis/lease.js'
import { LiveStore } from '../../src/adapters/redis/live-store.js'
import { redisSessionStore } from '../../src/adapters/redis/session-store.js'
import { MAIN, SUPPORT } from '../support/directory.js'
import { endedCall, freeOperator, waitingCall } from '../support/people.js'
import { openRedis } from '../support/stage.js'
import { testLog } from '../support/rig.js'
import { systemIds } from '../../src/adapters/system/ids.js'

const folder = new URL('../../src/adapters/redis/', import.meta.url)
const scripts = readdirSync(folder).filter((name) => name.endsWith('.lua'))
const textOf = (name: string): string => readFileSync(new URL(name, folder), 'utf8')

/** The numbers after `KEYS[` or `ARGV[`; `...` after the last one means as many as there are. */
function counted(text: string, what: 'KEYS' | 'ARGV'): { numbers: number[]; open: boolean } {
  const found = [...text.matchAll(new RegExp(`${what}\\[(\\d+)(\\.\\.\\.)?\\]`, 'g'))]
  const numbers = [...new Set(found.map(([, n]) => Number(n)))].sort((a, b) => a - b)
  return { numbers, open: found.some(([, , dots]) => dots !== undefined) }
}

const headOf = (text: string): string => /^--\[\[([\s\S]*?)\]\]\n/.exec(text)?.[1] ?? ''
const bodyOf = (text: string): string => text.slice(headOf(text).length + 6)

test.each(scripts)('%s: its head names what its body uses, without a gap', (name) => {
  const text = textOf(name)
  const head = headOf(text)
  expect(head, 'a contract in its head').toMatch(/Returns /)
  for (const what of ['KEYS', 'ARGV'] as const) {
    const { numbers, open } = counted(head, what)
    expect(numbers, `${what} from 1 on`).toEqual(numbers.map((_, i) => i + 1))
    const used = counted(bodyOf(text), what).numbers
    expect(
      numbers.filter((n) => used.includes(n) || (open && n === numbers.at(-1))),
      what,
    ).toEqual(numbers)
    expect(
      used.filter((n) => !numbers.includes(n)),
      `${what} the head does not know`,
    ).toEqual([])
  }
})

test('every script is called with as many keys and arguments as its head names', async () => {
  const { redis, keys, prefix } = openRedis()
  const calls = await watching(redis, async () => {
    const live = new LiveStore(redis, keys, {
      ringbackMs: 1,
      legMs: 1,
      refusalMs: 1,
      rejoinMs: 1,
      parkMs: 1,
      dialMs: 60_000,
    })
    await live.calls.save(waitingCall('c1'), 0)
    await live.calls.save(endedCall(waitingCall('c1')), 1)
    await live.operators.save(freeOperator('6320'), 0)
    await live.operators.save(freeOperator('6321', { queues: [MAIN, SUPPORT] }), 0)
    await redisAlarms(redis, keys).takeDue(0)
    await redisAlarms(redis, keys).done({ key: 'call:c1', againAt: 1 })
    const store = redisSessionStore(redis, keys)
    const session = { tokenHash: 'h', userId: userId('6320'), createdAt: 0, phoneSecret: 's' }
    await store.claim(session)
    await store.end(session, 'forced')
    const lease = await takeLease({ redis, keys, ids: systemIds, log: testLog }, () => undefined)
    await lease.release()
  })
  const seen = new Set<string>()
  for (const { name, keyCount, argCount } of calls) {
    seen.add(name)
    const head = headOf(textOf(name))
    const expected = counted(head, 'KEYS')
    if (expected.open) expect(keyCount, name).toBeGreaterThanOrEqual(expected.numbers.length)
    else expect(keyCount, name).toBe(expected.numbers.length)
    const args = counted(head, 'ARGV')
    // As many as there are may be none.
    if (args.open) expect(argCount, `${name} ARGV`).toBeGreaterThanOrEqual(args.numbers.length - 1)
    else expect(argCount, `${name} ARGV`).toBe(args.numbers.length)
  }
  expect([...seen].sort()).toEqual(scripts)
  await redis.del(...(await redis.keys(`${prefix}*`)))
  await redis.quit()
})

interface ScriptCall {
  name: string
  keyCount: number
  argCount: number
}

/** The script calls that this connection sends while `work` runs. */
async function watching(redis: Redis, work: () => Promise<void>): Promise<ScriptCall[]> {
  // A script goes over whole the first time, by its hash from then on.
  const names = new Map(
    scripts.flatMap((name) => {
      const text = textOf(name)
      const hash = createHash('sha1').update(text).digest('hex')
      return [[hash, name] as const, [text, name] as const]
    }),
  )
  const calls: ScriptCall[] = []
  const send = redis.sendCommand.bind(redis)
  redis.sendCommand = (command, stream) => {
    const [script, keyCount, ...more] = command.args
    const name = /^eval(sha)?$/i.test(command.name) ? names.get(String(script)) : undefined
    const keys = Number(keyCount)
    if (name) calls.push({ name, keyCount: keys, argCount: more.length - keys })
    return send(command, stream)
  }
  await work()
  redis.sendCommand = send
  return calls
}
