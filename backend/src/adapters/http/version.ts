import { readFileSync } from 'node:fs'

/** The repository's root, seen from here; the same from `src` and from `dist`. */
export const ROOT = new URL('../../../../', import.meta.url)

/** The product's version, from the root's package.json. */
export function readVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as { version: string }
  return version
}
