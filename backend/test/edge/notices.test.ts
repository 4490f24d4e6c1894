import type { Notice, NoticePage } from '@tsunagu/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from './browser.js'
import { EdgeRig } from './edge-rig.js'

let rig: EdgeRig
let hanako: Browser
let admin: Browser

beforeAll(async () => {
  rig = await EdgeRig.start()
  hanako = await rig.loggedIn('6320')
  admin = await rig.loggedIn('admin')
})
afterAll(() => rig.stop())

const page = async (browser: Browser, cursor?: string): Promise<NoticePage> =>
  (await browser.get(`/api/notices${cursor === undefined ? '' : `?cursor=${cursor}`}`)).body as NoticePage

const unread = async (browser: Browser): Promise<number> =>
  ((await browser.get('/api/notices/unread')).body as { unread: number }).unread

async function publish(title: string, body = 'x'): Promise<Notice> {
  const { status, body: notice } = await admin.post('/api/notices', { title, body })
  expect(status).toBe(201)
  return notice as Notice
}

describe('reading', () => {
  test('the demo welcomes everybody, whatever his role, and nobody has read it', async () => {
    for (const browser of [hanako, admin, await rig.loggedIn('sv1')]) {
      const { notices, readUntil } = await page(browser)
      expect(notices.map(({ title }) => title)).toEqual(['マニュアルのご案内', '「つなぐ」へようこそ'])
      expect([readUntil, await unread(browser)]).toEqual([0, 2])
    }
  })

  test('what was read stays read, over a restart, and only for its reader', async () => {
    const taro = await rig.loggedIn('6321')
    const [latest, first] = (await page(taro)).notices
    const read = async (until: unknown) => (await taro.put('/api/notices/read', { until })).status
    expect(await read(latest?.publishedAt)).toBe(200)
    expect(await read(first?.publishedAt)).toBe(200)
    expect(await read(0)).toBe(200)
    expect(await unread(taro)).toBe(0)
    await rig.restart()
    expect([await unread(taro), await unread(hanako)]).toEqual([0, 2])
    expect((await page(taro)).readUntil).toBe(latest?.publishedAt)
  })

  test('nobody can have read what is not yet published', async () => {
    const misaki = await rig.loggedIn('6322')
    await misaki.put('/api/notices/read', { until: Number.MAX_SAFE_INTEGER })
    expect(await unread(misaki)).toBe(0)
    const { id } = await publish('あとから')
    expect(await unread(misaki)).toBe(1)
    await admin.delete(`/api/notices/${String(id)}`)
  })

  test.each([
    ['no time', {}, 'until'],
    ['words', { until: 'now' }, 'until'],
    ['half a millisecond', { until: 0.5 }, 'until'],
    ['before all time', { until: -1 }, 'until'],
    ['for another', { until: 1, user: '6321' }, 'user'],
  ])('read: %s is 400 and named', async (_, body, field) => {
    const answer = await hanako.put('/api/notices/read', body)
    expect([answer.status, answer.body]).toMatchObject([400, { error: { code: 'bad-request', field } }])
  })
})

describe('publishing', () => {
  test('an administrator’s notice stands first, tidied, under his name, and is new to all but him', async () => {
    const before = await unread(hanako)
    const notice = await publish(' 保守のお知らせ ', '\n一行目\r\n二行目\r\n')
    expect(notice).toMatchObject({ title: '保守のお知らせ', body: '一行目\n二行目', author: '管理者' })
    expect((await page(hanako)).notices[0]).toEqual(notice)
    expect([await unread(hanako), await unread(admin)]).toEqual([before + 1, 0])
  })

  test('a deleted notice is gone, also from what is unread', async () => {
    const before = await unread(hanako)
    const { id } = await publish('まちがい')
    expect((await admin.delete(`/api/notices/${String(id)}`)).status).toBe(200)
    expect((await page(hanako)).notices.map((notice) => notice.id)).not.toContain(id)
    expect(await unread(hanako)).toBe(before)
    expect((await admin.delete(`/api/notices/${String(id)}`)).status).toBe(404)
  })

  test.each(['0', '-1', '1.5', 'x', '9'.repeat(40), '1%20or%201', '%27'])(
    'there is no notice %s',
    async (id) => {
      const { status, body } = await admin.delete(`/api/notices/${id}`)
      expect([status, body]).toMatchObject([404, { error: { code: 'not-found' } }])
    },
  )

  test.each([
    ['no title', { body: 'x' }, 'title'],
    ['an empty title', { title: ' 　', body: 'x' }, 'title'],
    ['two lines of title', { title: 'a\nb', body: 'x' }, 'title'],
    ['an over-long title', { title: 'x'.repeat(101), body: 'x' }, 'title'],
    ['an empty body', { title: 'x', body: '\n' }, 'body'],
    ['an over-long body', { title: 'x', body: 'x'.repeat(4_001) }, 'body'],
    ['a bell in the body', { title: 'x', body: 'a\u0007' }, 'body'],
    ['another author', { title: 'x', body: 'x', author: 'y' }, 'author'],
    ['a list', { title: ['x'], body: 'x' }, 'title'],
  ])('%s is 400 and named', async (_, body, field) => {
    const answer = await admin.post('/api/notices', body)
    expect([answer.status, answer.body]).toMatchObject([400, { error: { code: 'bad-request', field } }])
  })

  test('the longest notice in the longest spelling is taken', async () => {
    const { body } = await publish('長'.repeat(100), '"'.repeat(4_000))
    expect(body).toHaveLength(4_000)
  })

  test('is for administrators alone, and deleting too', async () => {
    const { id } = await publish('残る')
    for (const browser of [hanako, await rig.loggedIn('sv2')]) {
      const answers = [
        await browser.post('/api/notices', { title: 'x', body: 'x' }),
        await browser.delete(`/api/notices/${String(id)}`),
      ]
      for (const { status, body } of answers) {
        expect([status, body]).toMatchObject([403, { error: { code: 'forbidden' } }])
      }
    }
    expect((await page(admin)).notices[0]).toMatchObject({ id })
  })
})

test('without a login there is nothing', async () => {
  const nobody = rig.browser()
  const answers = [
    await nobody.get('/api/notices'),
    await nobody.get('/api/notices/unread'),
    await nobody.put('/api/notices/read', { until: 1 }),
    await nobody.post('/api/notices', { title: 'x', body: 'x' }),
    await nobody.delete('/api/notices/1'),
  ]
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401])
})

test('fifty notices of one moment come in pages, each once, the latest first', async () => {
  const published: number[] = []
  for (let i = 0; i < 50; i++) {
    const { publishedAt } = await rig.records.notices.publish({ title: String(i), body: 'x', author: 'x' })
    published.push(publishedAt)
  }
  const seen: number[] = []
  let next: string | undefined
  do {
    const got = await page(hanako, next)
    seen.push(...got.notices.map(({ publishedAt }) => publishedAt))
    next = got.next
  } while (next !== undefined)
  expect(new Set(seen).size).toBe(seen.length)
  expect(seen.slice(0, 50)).toEqual(published.reverse())
  expect(seen).toEqual([...seen].sort((a, b) => b - a))
  expect((await hanako.get('/api/notices?cursor=x')).status).toBe(400)
})
