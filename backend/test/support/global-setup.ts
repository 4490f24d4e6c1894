import { mkdtempSync, rmSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { freePort } from '../../../scripts/lib/ports.mjs'
import {
  installPostgres,
  installRuntime,
  startPostgres,
  startValkey,
} from '../../../scripts/lib/runtime/index.mjs'

const RUNTIME_DIR = process.env['RUNTIME_DIR'] ?? '.runtime'

/** The private runtime, one Valkey and one PostgreSQL for all files; each keeps to a prefix or a database of its own. */
export default async function setUp(_project: TestProject): Promise<() => Promise<void>> {
  const runtime = await installRuntime({ runtimeDir: RUNTIME_DIR, log: console.log })
  const dir = mkdtempSync(join(tmpdir(), 'tsunagu-test-'))
  const port = await freePort()
  const valkey = await startValkey({ runtime, dir: join(dir, 'valkey'), port, log: () => undefined })
  process.env['TEST_REDIS_URL'] = `redis://127.0.0.1:${String(port)}`
  // PostgreSQL may run as another user, who has to reach its folder.
  await chmod(dir, 0o711)
  const postgres = await installPostgres({ runtimeDir: RUNTIME_DIR, log: console.log })
  const databasePort = await freePort()
  const database = await startPostgres({ postgres, dir: join(dir, 'postgres'), port: databasePort })
  process.env['TEST_POSTGRES_URL'] = `postgres://tsunagu@127.0.0.1:${String(databasePort)}`
  return async () => {
    await Promise.all([valkey.stop(), database.stop()])
    rmSync(dir, { recursive: true, force: true })
  }
}
