import { collectDefaultMetrics, Registry } from 'prom-client'

/** A registry of its own (not prom-client's global one), with the process's default metrics. */
export function createMetrics(): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return registry
}
