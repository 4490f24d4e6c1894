import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, type Locator, type Page } from '@playwright/test'
import type ja from '../../frontend/src/locales/ja.json'
import type monitor from '../../frontend/src/locales/monitor-ja.json'
import { Camera } from './camera.js'

export const LANGUAGES = ['ja', 'en'] as const
export type Language = (typeof LANGUAGES)[number]
type Catalogue = typeof ja & typeof monitor

const LOCALES = fileURLToPath(new URL('../../frontend/src/locales/', import.meta.url))

const catalogue = (file: string): object =>
  JSON.parse(readFileSync(`${LOCALES}${file}.json`, 'utf8')) as object

export const wordsOf = (language: Language): Catalogue =>
  ({ ...catalogue(language), ...catalogue(`monitor-${language}`) }) as Catalogue

/** Somebody in front of a screen in his language, in the light theme. Finds things by the words of the catalogue. */
export class Person {
  readonly words: Catalogue
  readonly camera: Camera

  private constructor(
    readonly id: string,
    readonly page: Page,
    language: Language,
  ) {
    this.words = wordsOf(language)
    this.camera = new Camera(page, language)
  }

  static async at(id: string, page: Page, language: Language): Promise<Person> {
    await page.context().addInitScript((locale) => {
      localStorage.setItem('tsunagu-locale', locale)
      localStorage.setItem('tsunagu-theme', 'light')
    }, language)
    return new Person(id, page, language)
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }

  box(name: string): Locator {
    return this.page.getByRole('textbox', { name, exact: true })
  }

  get phone(): Locator {
    return this.page.getByRole('group', { name: this.words.phone.name, exact: true })
  }

  get status(): Locator {
    return this.page.getByRole('group', { name: this.words.status.name, exact: true })
  }

  /** The left half. */
  get panel(): Locator {
    return this.page.getByRole('region', { name: this.words.phone.panel, exact: true })
  }

  /** The right half. */
  get side(): Locator {
    return this.page.locator('.right')
  }

  async typeLogin(): Promise<void> {
    await this.page.goto('/login')
    await this.box(this.words.login.userId).fill(this.id)
    await this.box(this.words.login.password).fill(`demo-${this.id}`)
  }

  async arrive(): Promise<this> {
    await this.typeLogin()
    await this.button(this.words.login.submit).click()
    const lamp = this.page.getByRole('img', { name: this.words.phone.lamp })
    await expect(lamp).toHaveAccessibleDescription(this.words.phone.registered)
    return this
  }

  async ready(): Promise<this> {
    await this.arrive()
    await this.button(this.words.status.ready).click()
    await this.expectStatus(this.words.status.ready)
    return this
  }

  async expectStatus(label: string): Promise<void> {
    await expect(this.status).toContainText(label)
  }

  async expectPhone(state: keyof Catalogue['phoneState']): Promise<void> {
    await expect(this.phone).toHaveText(new RegExp(`^\\s*${this.words.phoneState[state]}`))
  }

  async answer(): Promise<void> {
    await this.expectPhone('ringing')
    await this.button(this.words.phone.call).click()
    await this.expectPhone('talking')
  }
}
