import { pino, stdTimeFunctions, type DestinationStream, type LevelWithSilent } from 'pino'
import type { Log } from '../../app/ports.js'
import { cleanFields } from './clean-fields.js'

export type LogLevel = LevelWithSilent

/** One JSON object per line on standard output (or on `destination`). */
export function jsonLog(level: LogLevel, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }), log: cleanFields },
    // pino's own error serializer would run before `cleanFields` and copy every property of the error.
    serializers: { err: (error: unknown) => error },
  }
  const logger = destination ? pino(options, destination) : pino(options)
  return {
    debug: (fields, message) => logger.debug(fields, message),
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
  }
}
