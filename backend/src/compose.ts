import type { Redis } from 'ioredis'
import { decode } from './adapters/ari/decode.js'
import { createEdge } from './adapters/http/server.js'
import { takeLease } from './adapters/redis/lease.js'
import { systemClock } from './adapters/system/clock.js'
import { systemIds } from './adapters/system/ids.js'
import { startTicker } from './adapters/system/ticker.js'
import { Bells } from './app/bells.js'
import type { Log } from './app/ports.js'
import type { Config } from './config.js'
import { openParts, type Parts } from './open-parts.js'

/** Alarms are this late at the most, ms. */
const ALARM_EVERY_MS = 100
/** So often it is looked whether Asterisk still holds what we remember, ms. */
const LOOK_EVERY_MS = 30_000

export interface Running {
  stop(): Promise<void>
}

/**
 * Builds everything and starts it, in the order in which the parts need each other. `die` is called when this process
 * must not go on: another one works the PBX.
 */
export async function compose(config: Config, log: Log, die: (why: string) => void): Promise<Running> {
  const parts = await openParts(config, log)
  const { redis, keys, directory, connection, core, sessions, monitor } = parts
  const lease = await takeLease({ redis, keys, ids: systemIds, log }, () =>
    die('another process took the lease'),
  )
  await takeUp(parts)
  const { agreement } = core
  agreement.disconnected()
  const health = async (): Promise<Record<string, boolean>> => ({
    asterisk: connection.up && agreement.reached,
    redis: await answers(redis),
    database: await directory.reachable(),
  })
  const edge = await createEdge({
    config,
    log,
    sessions,
    desk: core.desk,
    monitor: monitor.desk,
    records: parts.kept.records,
    settings: parts.settings,
    past: parts.past,
    publisher: parts.publisher,
    health,
    metrics: parts.metrics,
  })
  connection.start({
    onUp: () => agreement.connected(),
    onDown: () => agreement.disconnected(),
    onReplaced: () => die('another process took the ARI application'),
    onFrame(frame) {
      const event = decode(frame)
      if (event) core.engine.accept(event)
      return Promise.resolve()
    },
  })
  // A Redis that came back may have lost its last second: what Asterisk holds fills the gap.
  redis.on('ready', () => {
    agreement.request()
    monitor.load().catch((err: unknown) => log.error({ err }, 'the board could not be read anew'))
  })
  const ticking = startTicking(parts, log)
  await edge.listen()
  return {
    async stop() {
      await edge.close()
      await ticking.stop()
      connection.stop()
      agreement.disconnected()
      await core.idle()
      await monitor.stop()
      await parts.keeping.stop()
      await lease.release()
      await redis.quit()
      await parts.kept.close()
      await directory.close()
    },
  }
}

/** What goes by the clock. */
function startTicking({ alarms, sessions, core, monitor }: Parts, log: Log): Running {
  const onFault =
    (what: string) =>
    (error: unknown): void =>
      log.error({ err: error }, what)
  const bells = new Bells({ alarms, sessions, engine: core.engine, clock: systemClock, log })
  const { agreement } = core
  const tickers = [
    startTicker(ALARM_EVERY_MS, () => bells.ringDue(), onFault('alarms could not be taken')),
    startTicker(LOOK_EVERY_MS, () => agreement.look(), onFault('Asterisk could not be looked at')),
    monitor.start(),
  ]
  return {
    async stop() {
      for (const ticker of tickers) await ticker.stop()
      await bells.idle()
    },
  }
}

/** Goes on where the process before this one stopped. */
async function takeUp({ keeping, core, live, sessions, monitor }: Parts): Promise<void> {
  await keeping.begin()
  await core.recovery.forgetPages()
  await sessions.reconcile((await live.operators.list()).map(({ id }) => id))
  await monitor.begin()
  await monitor.load()
}

function answers(redis: Redis): Promise<boolean> {
  return redis.ping().then(
    (reply) => reply === 'PONG',
    () => false,
  )
}
