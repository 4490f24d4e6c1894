import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import setUpStack from '../support/global-setup.js'
import { LANGUAGES } from './person.js'

const MANUAL = fileURLToPath(new URL('../../docs/manual/', import.meta.url))
/** One white point: a new chapter's pictures are there for the build before they are taken. */
const BLANK = Buffer.from('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==', 'base64')

/** The stack; and a file for every picture that the manual names, and for no other. */
export default async function setUp(): Promise<() => Promise<void>> {
  for (const language of LANGUAGES) {
    const folder = `${MANUAL}pictures/${language}/`
    const named = namesIn(`${MANUAL}${language}/`)
    for (const name of readdirSync(folder)) if (!named.has(name)) rmSync(folder + name)
    for (const name of named) if (!existsSync(folder + name)) writeFileSync(folder + name, BLANK)
  }
  const stopStack = await setUpStack()
  return async () => {
    await stopStack()
    const missing = LANGUAGES.flatMap((language) => blankOnes(`${MANUAL}pictures/${language}/`))
    if (missing.length > 0) throw new Error(`No story takes these pictures: ${missing.join(', ')}`)
  }
}

function namesIn(folder: string): Set<string> {
  const chapters = readdirSync(folder).map((name) => readFileSync(folder + name, 'utf8'))
  return new Set(
    chapters.flatMap((text) => [...text.matchAll(/\/([\w-]+\.webp)\)/g)].map(([, name = '']) => name)),
  )
}

const blankOnes = (folder: string): string[] =>
  readdirSync(folder)
    .map((name) => folder + name)
    .filter((file) => readFileSync(file).equals(BLANK))
