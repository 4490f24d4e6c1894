import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, type Locator, type Page } from '@playwright/test'

const DOCS = fileURLToPath(new URL('../../docs', import.meta.url))

/** Small numbers on what a picture explains, in the order of the manual's list. */
type Marks = Locator[]

/** What is smaller gets its number beside it, not on it; px. */
const SMALL = 24

interface Shot {
  /** What is shown; the whole page without it. */
  of?: Locator
  /** Where nothing more comes below, px. */
  height?: number
  marks?: Marks
}

/** Takes pictures of one page for the manual in one language. */
export class Camera {
  constructor(
    private readonly page: Page,
    private readonly language: string,
  ) {}

  /** Into `docs/manual/pictures/<language>/<name>.webp`. */
  async take(name: string, { of, height, marks = [] }: Shot = {}): Promise<void> {
    await this.settle()
    await this.mark(marks)
    const png = await this.page.screenshot(of ? { ...STILL, clip: await this.frame(of, height) } : STILL)
    await this.page.evaluate(() =>
      document.querySelectorAll('.picture-mark').forEach((mark) => mark.remove()),
    )
    write(`${DOCS}/manual/pictures/${this.language}/${name}.webp`, await this.webp(png))
  }

  /** A PNG of the whole page, for the README. */
  async takePage(path: string): Promise<void> {
    await this.settle()
    write(`${DOCS}/${path}`, await this.page.screenshot(STILL))
  }

  /** Nothing that is pointed at or focused by chance, and no mark that a test's browser brings. */
  private async settle(): Promise<void> {
    await this.page.mouse.move(1, 1)
    await this.page.evaluate(() => document.fonts.ready.then(() => undefined))
    await this.page.evaluate(FREEZE)
  }

  private async frame(of: Locator, most = Infinity): Promise<Frame> {
    const box = await of.boundingBox()
    const page = this.page.viewportSize()
    if (!box || !page) throw new Error('What is to be shown is not on the page.')
    const x = Math.max(0, box.x - AROUND)
    const y = Math.max(0, box.y - AROUND)
    const width = Math.min(page.width, box.x + box.width + AROUND) - x
    return { x, y, width, height: Math.min(page.height, box.y + box.height + AROUND, y + most) - y }
  }

  private async mark(marks: Marks): Promise<void> {
    for (const [i, target] of marks.entries()) {
      const box = await target.boundingBox()
      expect(box, `what is marked ${String(i + 1)} is on the page`).not.toBeNull()
      const { x, y, width, height } = box!
      const beside = width < SMALL ? { x: x - 17, y: y + height / 2 } : { x, y }
      await this.page.evaluate(DRAW_MARK, { ...beside, text: String(i + 1) })
    }
  }

  /** By the browser's own encoder, which without loss is no good: 90 % is a fifth of the size, and letters stay clear. */
  private async webp(png: Buffer): Promise<Buffer> {
    const page = await this.page.context().newPage()
    const encoded = await page.evaluate(ENCODE, png.toString('base64'))
    await page.close()
    return Buffer.from(encoded, 'base64')
  }
}

interface Frame {
  x: number
  y: number
  width: number
  height: number
}

/** So much of the page around what is shown, px. */
const AROUND = 8

const STILL = { animations: 'disabled', caret: 'hide', scale: 'css' } as const

function write(path: string, bytes: Buffer): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, bytes)
}

/** Clocks stand still, so that a picture changes only when the screen does. The page itself goes on. */
const FREEZE = (): void => {
  const still = (node: Text): void => {
    const stamp = node.parentElement?.closest('time')
    const places = [...document.querySelectorAll('time')]
    const hour = stamp ? `${String(17 - places.indexOf(stamp)).padStart(2, '0')}:12` : '00:00'
    const words = node.data
      .replace(/\b\d\d:\d\d:\d\d\b/g, `${hour}:24`)
      .replace(/(?<![:\d])\d\d:\d\d(?![:\d])/g, stamp ? hour : '00:24')
      .replace(/\d{4}年\d\d月\d\d日/g, '2026年04月01日')
      .replace(/\d\d [A-Z][a-z]{2,3} \d{4}/g, '01 Apr 2026')
    if (words !== node.data) node.data = words
  }
  const all = (): void => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) still(walker.currentNode as Text)
  }
  const frozen = window as { frozen?: boolean }
  if (frozen.frozen) return all()
  frozen.frozen = true
  new MutationObserver(all).observe(document.body, { subtree: true, childList: true, characterData: true })
  all()
}

const DRAW_MARK = ({ x, y, text }: { x: number; y: number; text: string }): void => {
  const mark = document.createElement('span')
  mark.className = 'picture-mark'
  mark.textContent = text
  Object.assign(mark.style, {
    ...{ position: 'fixed', zIndex: '999', left: `${String(Math.max(2, x - 9))}px` },
    ...{ top: `${String(Math.max(2, y - 9))}px`, width: '22px', height: '22px', borderRadius: '50%' },
    ...{ background: '#b3174b', color: '#fff', font: '700 13px/22px sans-serif', textAlign: 'center' },
    boxShadow: '0 0 0 2px #fff',
  })
  document.body.append(mark)
}

const ENCODE = async (png: string): Promise<string> => {
  const bytes = Uint8Array.from(atob(png), (c) => c.charCodeAt(0))
  const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
  const canvas = new OffscreenCanvas(picture.width, picture.height)
  canvas.getContext('2d')?.drawImage(picture, 0, 0)
  const webp = await canvas.convertToBlob({ type: 'image/webp', quality: 0.9 })
  const out = new Uint8Array(await webp.arrayBuffer())
  return btoa(Array.from(out, (byte) => String.fromCharCode(byte)).join(''))
}
