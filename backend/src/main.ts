import { jsonLog } from './adapters/system/log.js'
import { compose, type Running } from './compose.js'
import { loadConfig } from './config.js'
import { StartError } from './start-error.js'

/** A stop that takes longer than this is forced, ms. */
const STOP_LIMIT_MS = 10_000

async function main(): Promise<void> {
  const config = loadConfig(process.env)
  const log = jsonLog(config.logLevel)
  let running: Running | undefined
  let ending = false

  const end = (code: number, why: string): void => {
    if (ending) return
    ending = true
    if (code === 0) log.info({ why }, 'stopping')
    else log.error({ why }, 'stopping')
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref()
    void (running?.stop() ?? Promise.resolve()).then(
      () => process.exit(code),
      (error: unknown) => {
        log.error({ err: error }, 'the stop was not clean')
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => end(0, signal))
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'a fault nobody caught'))

  running = await compose(config, log, (why) => end(1, why))
  log.info({ port: config.port }, 'listening')
}

main().catch((error: unknown) => {
  // Before the log exists, or too early for it to help: the person who starts it reads this.
  process.stderr.write(
    `${error instanceof StartError ? error.message : String((error as Error).stack ?? error)}\n`,
  )
  process.exit(1)
})
