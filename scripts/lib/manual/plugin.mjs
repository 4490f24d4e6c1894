// @ts-check
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readManual } from './manual.mjs'

/** Where the manual lies; its languages are the folders. */
export const MANUAL = fileURLToPath(new URL('../../../docs/manual', import.meta.url))

const MODULE = /^virtual:manual\/(\w+)$/
const RESOLVED = '\0'

/**
 * For Vite: `virtual:manual/ja` is the manual in Japanese, `{ chapters }`, its pictures hashed like every other file of the page.
 * @returns {import('vite').Plugin}
 */
export function manualPlugin() {
  return {
    name: 'tsunagu-manual',
    resolveId: (id) => (MODULE.test(id) ? RESOLVED + id : undefined),
    load(id) {
      const language = MODULE.exec(id.replace(RESOLVED, ''))?.[1]
      if (!id.startsWith(RESOLVED) || language === undefined) return undefined
      const folder = join(MANUAL, language)
      if (!existsSync(folder)) throw new Error(`There is no manual in ${folder}.`)
      this.addWatchFile(folder)
      return moduleOf(readManual(folder))
    },
  }
}

/** @param {import('./manual.mjs').Chapter[]} chapters */
function moduleOf(chapters) {
  const pictures = [...new Set(chapters.flatMap((chapter) => chapter.pictures))]
  const imports = pictures.map((file, i) => `import p${i} from ${JSON.stringify(`${file}?url`)}`)
  const list = chapters.map(({ slug, title, sections, html }) => {
    const named = JSON.stringify({ slug, title, sections }).slice(0, -1)
    return `${named},"html":${withPictures(html, pictures)}}`
  })
  return `${imports.join('\n')}\nexport const chapters = [${list.join(',\n')}]\n`
}

/** The HTML as an expression: text, and in it what the imports say of the pictures. @param {string} html @param {string[]} pictures */
function withPictures(html, pictures) {
  return html
    .split(/\{\{picture:(.*?)\}\}/)
    .map((part, i) => (i % 2 === 0 ? JSON.stringify(part) : `p${pictures.indexOf(part)}`))
    .join('+')
}
