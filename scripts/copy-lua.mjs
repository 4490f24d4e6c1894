// @ts-check
// tsc copies no Lua: the scripts stand beside the compiled adapter, as they do beside its source.
import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const from = new URL('../backend/src/adapters/redis/', import.meta.url).pathname
const to = new URL('../backend/dist/adapters/redis/', import.meta.url).pathname

for (const file of readdirSync(from)) {
  if (file.endsWith('.lua')) cpSync(join(from, file), join(to, file))
}
