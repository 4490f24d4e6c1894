import { test as base } from '../support/test.js'
import { expect } from '@playwright/test'
import { LANGUAGES, Person, type Language } from './person.js'

/**
 * The pictures of docs/manual, taken from the real screens with real calls. One story for each chapter: a new feature adds its
 * own, and names its pictures as the chapter does.
 */

interface Fixtures {
  /** Somebody in front of a screen in this language. */
  person(id: string, language: Language): Promise<Person>
}

const test = base.extend<Fixtures>({
  person: async ({ open }, use) => {
    await use(async (id, language) => {
      const { page } = await open(id)
      return Person.at(id, page, language)
    })
  },
})

const CUSTOMER = '09011111111'

/** The upper part of the phone, down to its last button, px. */
const HANDLES = 358

for (const language of LANGUAGES) {
  test(`01 screen, 02 login, 03 status, ${language}`, async ({ person, call }) => {
    const hanako = await person('6320', language)
    const { camera, page, panel, words } = hanako
    await hanako.typeLogin()
    await camera.take('login', { of: page.locator('.column') })
    await hanako.arrive()
    await camera.take('screen', {
      marks: [
        hanako.phone,
        page.getByRole('img', { name: words.phone.lamp }),
        hanako.button(words.phone.slot.replace('{number}', '1')),
        hanako.box(words.phone.dialNumber),
        hanako.button(words.phone.call),
        hanako.button(words.phone.hold),
        hanako.button(words.phone.transfer),
        hanako.button('1'),
        hanako.status,
        hanako.button(words.status.ready),
        hanako.button(words.sideTab.status),
        page.getByRole('link', { name: words.guide.notices }),
        hanako.button(words.devices.open),
        hanako.button(words.shortcuts.title),
        hanako.button(words.settings.open),
      ],
    })
    await camera.take('status-line', { of: panel.locator('.block') })
    await camera.take('status-panel', { of: hanako.side, height: 350 })
    await hanako.button(words.status.ready).click()
    await call({ from: CUSTOMER })
    await hanako.answer()
    await hanako.button(words.status['short-break']).click()
    await expect(panel.getByText(words.status.next.slice(0, 3))).toBeVisible()
    await camera.take('status-next', { of: panel.locator('.block') })
  })

  test(`04 alert, ${language}`, async ({ person }) => {
    const hanako = await person('6320', language)
    const { words, panel } = hanako
    await hanako.ready()
    await hanako.button(words.status.alert).click()
    const supervisor = await person('sv1', language)
    await supervisor.typeLogin()
    await supervisor.button(words.login.submit).click()
    await supervisor.button(words.alerts.acknowledge).click()
    await expect(panel.getByText('山本 直子')).toBeVisible()
    await hanako.camera.take('alert', { of: panel.locator('.block') })
    await hanako.button(words.status.alert).click()
  })

  test(`05 books, 06 history, ${language}`, async ({ person, call }) => {
    // Operators of their own, so that each history has these calls and no others.
    const hanako = await person(language === 'ja' ? '6323' : '6324', language)
    const { words, camera, page, side } = hanako
    await hanako.ready()
    for (const from of ['0312345678', CUSTOMER]) {
      const caller = await call({ from })
      await hanako.answer()
      await caller.hangup()
      await hanako.expectStatus(words.status['wrap-up'])
      await hanako.button(words.status.ready).click()
      await hanako.expectStatus(words.status.ready)
    }
    const lost = await call({ from: '0661234567' })
    await hanako.expectPhone('ringing')
    await lost.hangup()
    await hanako.expectPhone('idle')
    await call({ from: '0661234567' })
    await hanako.expectPhone('ringing')
    await hanako.button(words.phone.hangUp).click()
    await hanako.expectPhone('idle')
    await hanako.button(words.sideTab.history).click()
    await expect(page.getByRole('row')).toHaveCount(5)
    await camera.take('history', { of: side, height: 440 })
    await hanako.button(words.sideTab.books).click()
    const choice = page.getByRole('combobox', { name: words.books.choice })
    await choice.selectOption(words.books.shared)
    await expect(page.getByRole('row')).toHaveCount(11)
    await camera.take('books-shared', { of: side })
    await choice.selectOption(words.books.personal)
    await hanako.button(words.books.add).click()
    await hanako.box(words.books.name).fill('お得意様 山田')
    await hanako.box(words.books.kana).fill('オトクイサマ ヤマダ')
    await hanako.box(words.books.number).fill('09022223333')
    await camera.take('books-edit', { of: side, height: 260 })
    await hanako.button(words.books.cancel).click()
    await hanako.button(words.dialog.yes).click()
  })

  test(`08 incoming, 09 hold, ${language}`, async ({ person, call }) => {
    const hanako = await person('6320', language)
    const { words, camera, panel } = hanako
    await hanako.ready()
    const caller = await call({ from: CUSTOMER })
    await hanako.expectPhone('ringing')
    await camera.take('incoming', { of: panel, height: HANDLES })
    if (language === 'ja') await camera.takePage('pictures/operator-ringing.png')
    await hanako.answer()
    await camera.take('talking', { of: panel, height: HANDLES })
    await hanako.button(words.phone.hold).click()
    await hanako.expectPhone('held')
    await camera.take('held', { of: panel, height: HANDLES })
    await caller.hangup()
    await hanako.expectStatus(words.status['wrap-up'])
    await camera.take('wrap-up', { of: panel.locator('.block') })
  })

  test(`11 park, ${language}`, async ({ person, call }) => {
    const hanako = await person('6320', language)
    const taro = await person('6321', language)
    const slot = hanako.button(hanako.words.phone.slot.replace('{number}', '1'))
    await hanako.ready()
    await taro.arrive()
    await call({ from: CUSTOMER })
    await hanako.answer()
    await slot.click()
    await expect(slot).toHaveAttribute('aria-pressed', 'true')
    await taro.camera.take('parked', { of: taro.panel, height: HANDLES })
  })

  test(`07 outgoing, ${language}`, async ({ person }) => {
    const hanako = await person('6320', language)
    const { words, camera, panel, page, side } = hanako
    await hanako.arrive()
    await hanako.box(words.phone.dialNumber).fill('0312340003')
    await camera.take('dial', { of: panel, height: HANDLES })
    await hanako.button(words.phone.call).click()
    await hanako.expectPhone('dialling')
    await camera.take('dialling', { of: panel, height: HANDLES })
    await hanako.button(words.phone.hangUp).click()
    await hanako.expectPhone('idle')
    await hanako.button(words.sideTab.books).click()
    await page.getByRole('combobox', { name: words.books.choice }).selectOption(words.books.shared)
    await page.getByRole('row', { name: '株式会社テスト' }).getByRole('button').click()
    await camera.take('dial-question', { of: page.getByRole('alertdialog') })
    await hanako.button(words.dialog.no).click()
    await hanako.button(words.sideTab.outside).click()
    await camera.take('outside', { of: side, height: 320 })
  })

  test(`10 transfer, 12 internal, ${language}`, async ({ person, call }) => {
    const hanako = await person('6320', language)
    const taro = await person('6321', language)
    const { words, camera, panel } = hanako
    await taro.arrive()
    await hanako.ready()
    await call({ from: CUSTOMER })
    await hanako.answer()
    await hanako.button(words.phone.hold).click()
    await hanako.expectPhone('held')
    await hanako.box(words.phone.dialNumber).fill('6321')
    await hanako.button(words.phone.transfer).click()
    await hanako.expectPhone('dialling')
    await camera.take('transfer-dialling', { of: panel, height: HANDLES })
    await taro.expectPhone('ringing')
    await taro.camera.take('internal', { of: taro.panel, height: HANDLES })
    await taro.answer()
    await hanako.expectPhone('talking')
    await expect(hanako.button(words.phone.transferNow)).toBeEnabled()
    await camera.take('transfer-talking', { of: panel, height: HANDLES })
    await hanako.button(words.phone.transferNow).click()
    await hanako.expectStatus(words.status['wrap-up'])
  })

  test(`13 sound, ${language}`, async ({ person, call }) => {
    const hanako = await person('6320', language)
    const { words, camera, panel, page } = hanako
    await hanako.ready()
    await call({ from: CUSTOMER })
    await hanako.answer()
    await hanako.button(words.phone.mute).click()
    await camera.take('mute', { of: panel, height: HANDLES })
    await hanako.button(words.phone.mute).click()
    await hanako.button(words.devices.open).click()
    await camera.take('sound', { of: page.locator('.audio-settings') })
  })

  test(`14 shortcuts, ${language}`, async ({ person }) => {
    const hanako = await person('6320', language)
    const { words, camera, page } = hanako
    await hanako.arrive()
    await hanako.button(words.shortcuts.title).click()
    await expect(hanako.button(words.shortcuts.reset)).toBeVisible()
    await camera.take('shortcuts', { of: page.getByRole('dialog') })
  })

  test(`02 logged out, 15 trouble, ${language}`, async ({ person }) => {
    const hanako = await person('6320', language)
    const { words, camera, page } = hanako
    await hanako.arrive()
    const elsewhere = await person('6320', language)
    await elsewhere.typeLogin()
    await elsewhere.button(words.login.submit).click()
    await expect(elsewhere.page.getByText(words.refusal['already-logged-in'])).toBeVisible()
    await elsewhere.camera.take('login-refused', { of: elsewhere.page.locator('.column') })

    const second = await page.context().newPage()
    await second.goto('/operator')
    const twin = await Person.at('6320', second, language)
    await expect(twin.button(words.banner.useHere)).toBeVisible()
    await twin.camera.take('other-tab', { of: second.locator('.side > *').first() })
    await second.close()

    await page.request.post('/api/logout', { headers: { 'X-Requested-With': 'tsunagu' } })
    await expect(page.getByText(words.loggedOut.title)).toBeVisible()
    await camera.take('logged-out', { of: page.locator('main .card') })
  })
}
