// @ts-check
import { readFileSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Marked } from 'marked'
import { pictureSize } from './picture-size.mjs'

/**
 * The operator's manual: `docs/manual/<language>/NN-name.md`, made into HTML when the page is built.
 *
 * @typedef {object} Chapter
 * @property {string} slug       its name in the address: `08-incoming.md` is `#incoming`
 * @property {string} title
 * @property {{ id: string, title: string }[]} sections  `#incoming-1` and so on, the same in every language
 * @property {string} html       without its title; a picture's address is `{{picture:<file>}}`
 * @property {string[]} pictures files, in their order
 */

const CHAPTER_FILE = /^(\d\d)-([a-z-]+)\.md$/

/** All chapters of a language, in their order. @param {string} folder @returns {Chapter[]} */
export function readManual(folder) {
  const files = readdirSync(folder)
    .filter((name) => CHAPTER_FILE.test(name))
    .sort()
  return files.map((name) => readChapter(join(folder, name), files))
}

/** @param {string} file @param {string[]} chapters the files that may be linked to @returns {Chapter} */
export function readChapter(file, chapters) {
  const slug = slugOf(basename(file))
  /** @type {Chapter} */
  const chapter = { slug, title: '', sections: [], html: '', pictures: [] }
  const wrong = (/** @type {string} */ what) => new Error(`${file}: ${what}`)
  const marked = new Marked({
    renderer: {
      heading({ depth, text, tokens }) {
        const words = this.parser.parseInline(tokens)
        if (depth === 1 && chapter.title === '') {
          chapter.title = text
          return ''
        }
        if (depth !== 2) throw wrong(`“${text}”: one # title, then ## sections, and nothing below.`)
        const id = `${slug}-${chapter.sections.length + 1}`
        chapter.sections.push({ id, title: text })
        return `<h3 id="${id}">${words}</h3>\n`
      },
      link({ href, tokens }) {
        if (!chapters.includes(href)) throw wrong(`the link to ${href} leads to no chapter.`)
        return `<a href="#${slugOf(href)}">${this.parser.parseInline(tokens)}</a>`
      },
      image({ href, text }) {
        if (text.trim() === '') throw wrong(`${href} has no words for those who do not see it.`)
        const picture = join(dirname(file), href)
        const { width, height } = pictureSize(readFileSync(picture))
        chapter.pictures.push(picture)
        const size = `width="${width}" height="${height}"`
        return `<img src="{{picture:${picture}}}" alt="${escape(text)}" ${size} decoding="async">`
      },
      html: ({ text }) => {
        // Comments only: everything else is Markdown, so that it reads the same everywhere.
        if (/^\s*<!--[^]*-->\s*$/.test(text)) return ''
        throw wrong(`HTML has no place here: ${text}`)
      },
    },
  })
  chapter.html = marked.parse(readFileSync(file, 'utf8'), { async: false })
  if (chapter.title === '') throw wrong('it has no title.')
  return chapter
}

/** @param {string} name */
function slugOf(name) {
  const [, , slug = ''] = CHAPTER_FILE.exec(name) ?? []
  return slug
}

/** @param {string} text */
const escape = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
