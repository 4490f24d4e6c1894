import { readFileSync } from 'node:fs'

/** The text of a Lua script that stands beside this file; read once, at start. */
export function readScript(name: string): string {
  return readFileSync(new URL(`./${name}.lua`, import.meta.url), 'utf8')
}
