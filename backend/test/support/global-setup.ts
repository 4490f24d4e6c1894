import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { freePort } from '../../../scripts/lib/ports.mjs'
import { installRuntime, startValkey } from '../../../scripts/lib/runtime/index.mjs'

const RUNTIME_DIR = process.env['RUNTIME_DIR'] ?? '.runtime'

/** The private runtime and one Valkey for all files; each file keeps to a key prefix of its own. */
export default async function setUp(_project: TestProject): Promise<() => Promise<void>> {
  const runtime = await installRuntime({ runtimeDir: RUNTIME_DIR, log: console.log })
  const dir = mkdtempSync(join(tmpdir(), 'tsunagu-test-'))
  const port = await freePort()
  const valkey = await startValkey({ runtime, dir: join(dir, 'valkey'), port, log: () => undefined })
  process.env['TEST_REDIS_URL'] = `redis://127.0.0.1:${String(port)}`
  return async () => {
    await valkey.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}
