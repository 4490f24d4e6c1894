// @ts-check
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readChapter, readManual } from './manual.mjs'
import { pictureSize } from './picture-size.mjs'
import { MANUAL } from './plugin.mjs'

const LANGUAGES = ['ja', 'en']
/** All pictures of both languages, bytes. */
const MOST_BYTES = 1_500_000

const manuals = new Map(LANGUAGES.map((language) => [language, readManual(join(MANUAL, language))]))
const of = (/** @type {string} */ language) => manuals.get(language) ?? []

/** What must be the same in every language. @param {string} language */
const shape = (language) =>
  of(language).map(({ slug, sections, pictures }) => ({
    slug,
    sections: sections.map(({ id }) => id),
    pictures: pictures.map((file) => basename(file)),
  }))

describe('the manual', () => {
  test('has the same chapters, sections and pictures in both languages', () => {
    expect(shape('ja').length).toBeGreaterThan(8)
    expect(shape('en')).toEqual(shape('ja'))
  })

  test.each(LANGUAGES)('shows the pictures of its own language (%s), and leaves none unused', (language) => {
    const folder = join(MANUAL, 'pictures', language)
    const named = of(language).flatMap(({ pictures }) => pictures)
    expect(new Set(named.map((file) => dirname(file)))).toEqual(new Set([folder]))
    expect([...new Set(named.map((file) => basename(file)))].sort()).toEqual(readdirSync(folder).sort())
  })

  test('numbers on the picture of the screen are explained, one line each', () => {
    for (const language of LANGUAGES) {
      const [file = ''] = readdirSync(join(MANUAL, language)).filter((name) => name.endsWith('-screen.md'))
      const lines = readFileSync(join(MANUAL, language, file), 'utf8').split('\n')
      const story = readFileSync(join(MANUAL, '../../e2e/pictures/manual.pictures.ts'), 'utf8')
      const marks = /marks: \[\n([^]*?)\n {6}\],/.exec(story)?.[1]?.split('\n') ?? []
      const explained = lines.filter((line) => /^\d+\. .* — /.test(line))
      expect([language, explained.length]).toEqual([language, marks.length])
    }
  })

  test('its pictures are no burden', () => {
    const pictures = new Set([...manuals.values()].flatMap((all) => all.flatMap((one) => one.pictures)))
    const bytes = [...pictures].reduce((sum, file) => sum + statSync(file).size, 0)
    expect(bytes).toBeLessThan(MOST_BYTES)
  })

  test('uses the labels of the screen, to the letter', () => {
    const root = join(MANUAL, '../..')
    for (const language of LANGUAGES) {
      const known = labelsOf(join(root, `frontend/src/locales/${language}.json`))
      const strange = of(language).flatMap(({ slug, html }) =>
        labelsIn(html, language)
          .filter((label) => !known.has(label))
          .map((label) => `${slug}: ${label}`),
      )
      expect([language, strange]).toEqual([language, []])
    }
  })
})

describe('a chapter', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tsunagu-manual-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const picture = join(MANUAL, 'pictures/ja/incoming.webp')
  const fromHere = relative(folder, picture)

  /** @param {string} text */
  const chapter = (text) => {
    writeFileSync(join(folder, '01-a.md'), text)
    return readChapter(join(folder, '01-a.md'), ['01-a.md', '02-b.md'])
  }

  test('has its title apart, and sections that can be linked to', () => {
    const { slug, title, sections, html } = chapter('# One\n\nText\n\n## Two\n\n[B](02-b.md)')
    expect([slug, title, sections]).toEqual(['a', 'One', [{ id: 'a-1', title: 'Two' }]])
    expect(html).toBe('<p>Text</p>\n<h3 id="a-1">Two</h3>\n<p><a href="#b">B</a></p>\n')
  })

  test('shows pictures with their words and their size', () => {
    const { html, pictures } = chapter(`# One\n\n![a "b"](${fromHere})`)
    const { width, height } = pictureSize(readFileSync(picture))
    expect(pictures).toEqual([picture])
    expect(width).toBeGreaterThan(300)
    expect(html).toContain(`alt="a &quot;b&quot;" width="${width}" height="${height}"`)
  })

  test.each([
    ['a link that leads nowhere', '# One\n\n[x](03-c.md)', '03-c.md'],
    ['a link to the outside', '# One\n\n[x](https://example.com)', 'example.com'],
    ['a picture that is not there', '# One\n\n![x](no.webp)', 'no.webp'],
    ['a picture without words', `# One\n\n![](${fromHere})`, 'no words'],
    ['HTML', '# One\n\n<b onclick="x()">x</b>', 'HTML'],
    ['a heading too deep', '# One\n\n### Three', 'Three'],
    ['no title', 'Text', 'no title'],
  ])('with %s is not built', (_, text, why) => {
    expect(() => chapter(text)).toThrow(why)
  })
})

test('the size of a picture is read from each kind of WebP', () => {
  const webp = (/** @type {string} */ kind, /** @type {number[]} */ bytes) =>
    Buffer.concat([Buffer.from(`RIFF\0\0\0\0WEBP${kind}\0\0\0\0`, 'latin1'), Buffer.from(bytes)])
  const size = { width: 372, height: 640 }
  expect(pictureSize(webp('VP8L', [0x2f, 0x73, 0xc1, 0x9f, 0]))).toEqual(size)
  expect(pictureSize(webp('VP8X', [0, 0, 0, 0, 0x73, 1, 0, 0x7f, 2, 0]))).toEqual(size)
  expect(pictureSize(webp('VP8 ', [0, 0, 0, 0x9d, 1, 0x2a, 0x74, 1, 0x80, 2]))).toEqual(size)
  expect(() => pictureSize(Buffer.from('\x89PNG'))).toThrow('WebP')
})

/** Every text of a catalogue, without what is filled in. @param {string} file */
function labelsOf(file) {
  const texts = textsIn(JSON.parse(readFileSync(file, 'utf8')))
  return new Set(texts.map((text) => text.replace(/\{\w+\}/g, '').trim()))
}

/** @param {unknown} part @returns {string[]} */
function textsIn(part) {
  if (typeof part === 'string') return [part]
  return Object.values(/** @type {object} */ (part)).flatMap(textsIn)
}

/** What a chapter names as a label: 「…」 in Japanese, bold in English. @param {string} html @param {string} language */
function labelsIn(html, language) {
  const marked = language === 'ja' ? /「([^」]+)」/g : /<strong>([^<]+)<\/strong>/g
  return [...html.matchAll(marked)].map(([, label = '']) => label)
}
