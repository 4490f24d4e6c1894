// @ts-check
import { fileURLToPath } from 'node:url'
import { checks } from './lib/compose/checks.mjs'
import { portsAgree, soundKeepsItsPorts } from './lib/compose/port-checks.mjs'
import { readStack } from './lib/compose/read.mjs'
import { runCommand } from './lib/fault.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

await runCommand(composeCheck)

/**
 * `npm run compose:check`: without a Docker engine, does everything that docker-compose.yml and the Dockerfiles mention exist, and
 * agree with the code? It builds nothing.
 */
async function composeCheck() {
  const stack = readStack(ROOT)
  const problems = [...checks, portsAgree, soundKeepsItsPorts].flatMap((check) => check(stack))
  for (const problem of problems) console.error(problem)
  if (problems.length > 0) return 1
  const services = Object.keys(stack.services)
  console.log(
    `docker-compose.yml agrees with the code: ${services.length} services (${services.join(', ')}), ${stack.volumes.length} volumes.`,
  )
  return 0
}
