import { readFileSync } from 'node:fs'
import { Redis } from 'ioredis'
import { placeCall } from '../../scripts/lib/caller.mjs'
import { stackFacts } from './settings.js'

export type Caller = Awaited<ReturnType<typeof placeCall>>

/** What lies on disk of a running stack, for those who measure it from outside. */
function runFile<T>(name: string): T {
  return JSON.parse(readFileSync(`${stackFacts().runtimeDir}/run/${name}`, 'utf8')) as T
}

interface CarrierFile {
  host: string
  httpPort: number
  password: string
}

/** A caller from the carrier. */
export function callIn(
  options: { to?: string; from?: string; tone?: number; recordTo?: string } = {},
): Promise<Caller> {
  const carrier = runFile<CarrierFile>('carrier.json')
  return placeCall({ carrier, to: '0350600025', ...options })
}

type Part = 'backend' | 'asterisk' | 'valkey' | 'carrier'

export function pidOf(part: Part): number {
  return Number(readFileSync(`${stackFacts().runtimeDir}/run/${part}.pid`, 'utf8'))
}

/** Kills a part, which is started again only after `meanwhile`: how long it is gone does not hang on how fast it starts. */
export async function killed(part: Part, meanwhile: () => Promise<void>): Promise<void> {
  const { starter } = stackFacts()
  process.kill(starter, 'SIGSTOP')
  try {
    process.kill(pidOf(part), 'SIGKILL')
    await meanwhile()
  } finally {
    process.kill(starter, 'SIGCONT')
  }
}

interface Ari {
  url: string
  user: string
  password: string
}

async function ask<T>(path: string): Promise<T> {
  const { url, user, password } = runFile<Ari>('ari.json')
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  const answer = await fetch(`${url}/ari${path}`, { headers: { authorization } })
  if (!answer.ok) throw new Error(`${path}: ${String(answer.status)}`)
  return (await answer.json()) as T
}

/** What numbers the called ones of the carrier see at this moment, one for each call out. */
export async function calledOut(): Promise<string[]> {
  const { host, httpPort, password } = runFile<CarrierFile>('carrier.json')
  const authorization = `Basic ${Buffer.from(`carrier:${password}`).toString('base64')}`
  const answer = await fetch(`http://${host}:${String(httpPort)}/ari/channels`, {
    headers: { authorization },
  })
  const channels = (await answer.json()) as { caller: { number: string } }[]
  return channels.map(({ caller }) => caller.number)
}

/** Everything of calls that is left anywhere: channels, bridges, Redis keys. Empty when nobody is on the phone. */
export async function leftovers(): Promise<string[]> {
  const [channels, bridges] = await Promise.all([
    ask<{ name: string }[]>('/channels'),
    ask<{ id: string }[]>('/bridges'),
  ])
  const redis = new Redis(stackFacts().redisUrl)
  try {
    const keys = await redis.keys('tsunagu:*')
    const ofCalls = keys.filter((key) => /^tsunagu:(call:|calls$|waiting:)/.test(key))
    const alarms = (await redis.zrange('tsunagu:alarms', 0, '-1')).filter((name) => name.startsWith('call:'))
    return [...channels.map((c) => c.name), ...bridges.map((b) => b.id), ...ofCalls, ...alarms]
  } finally {
    redis.disconnect()
  }
}
