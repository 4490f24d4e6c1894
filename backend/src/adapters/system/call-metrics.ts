import { Gauge, Histogram, type Registry } from 'prom-client'
import type { CommandResult, LiveCalls, LiveOperators } from '../../app/ports.js'
import type { Outbox } from '../../app/records/ports.js'

/** Seconds; a command on loopback takes a millisecond, the time limit is three seconds. */
const BUCKETS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 3]

/** How long Asterisk takes for each command, and how often it refuses. */
export function commandMetrics(register: Registry) {
  const seconds = new Histogram({
    name: 'tsunagu_ari_command_seconds',
    help: 'Time from sending a command to Asterisk to its answer, by command and result',
    labelNames: ['command', 'result'],
    buckets: BUCKETS,
    registers: [register],
  })
  return (command: string, ms: number, result: CommandResult): void => {
    seconds.observe({ command, result: result.ok ? 'ok' : result.code }, ms / 1000)
  }
}

/** Calls and operators by status, counted when asked. */
export function liveMetrics(register: Registry, live: { calls: LiveCalls; operators: LiveOperators }): void {
  countByStatus(register, { name: 'tsunagu_calls', help: 'Calls up, by status' }, async () =>
    (await live.calls.list()).map(({ status }) => status),
  )
  countByStatus(register, { name: 'tsunagu_operators', help: 'Logged-in operators, by status' }, async () =>
    (await live.operators.list()).filter(({ supervises }) => !supervises).map(({ status }) => status.kind),
  )
}

/** A number that grows tells of a database that is away. */
export function outboxMetrics(register: Registry, outbox: Outbox): void {
  new Gauge({
    name: 'tsunagu_records_waiting',
    help: 'Records on their way to the database',
    registers: [register],
    async collect() {
      this.set(await outbox.size())
    },
  })
}

function countByStatus(
  register: Registry,
  about: { name: string; help: string },
  statuses: () => Promise<string[]>,
): void {
  new Gauge({
    ...about,
    labelNames: ['status'],
    registers: [register],
    async collect() {
      this.reset()
      for (const status of await statuses()) this.inc({ status })
    },
  })
}
