import type { Role } from '@tsunagu/contract'
import type { Passwords } from '../../app/sessions/ports.js'
import type { Sql } from './database.js'

interface DemoUser {
  id: string
  name: string
  kana: string
  role: Role
  extension?: string
  queues?: string[]
}

const BOTH = ['main', 'support']

const USERS: DemoUser[] = [
  { id: '6320', name: '佐藤 花子', kana: 'サトウ ハナコ', role: 'operator', extension: '6320', queues: BOTH },
  { id: '6321', name: '鈴木 太郎', kana: 'スズキ タロウ', role: 'operator', extension: '6321', queues: BOTH },
  {
    id: '6322',
    name: '高橋 美咲',
    kana: 'タカハシ ミサキ',
    role: 'operator',
    extension: '6322',
    queues: BOTH,
  },
  { id: '6323', name: '田中 健', kana: 'タナカ ケン', role: 'operator', extension: '6323', queues: ['main'] },
  {
    id: '6324',
    name: '伊藤 葵',
    kana: 'イトウ アオイ',
    role: 'operator',
    extension: '6324',
    queues: ['main'],
  },
  {
    id: '6325',
    name: '渡辺 翔',
    kana: 'ワタナベ ショウ',
    role: 'operator',
    extension: '6325',
    queues: ['main'],
  },
  { id: 'sv1', name: '山本 直子', kana: 'ヤマモト ナオコ', role: 'supervisor', extension: '6301' },
  { id: 'sv2', name: '中村 誠', kana: 'ナカムラ マコト', role: 'supervisor', extension: '6302' },
  { id: 'admin', name: '管理者', kana: 'カンリシャ', role: 'administrator' },
]

const QUEUES = [
  { id: 'main', name: '代表', number: '0350600025' },
  { id: 'support', name: 'サポート', number: '0350600026' },
]

/** Besides the extensions; with them the shared book has ten entries. */
const OUTSIDE = [
  { name: '株式会社テスト', kana: 'カブシキガイシャテスト', number: '09011111111' },
  { name: 'つなぐ商事', kana: 'ツナグショウジ', number: '0312345678' },
]

/** The later one stands first. */
const NOTICES = [
  {
    title: '「つなぐ」へようこそ',
    body: '「つなぐ」は、ブラウザだけで電話を受けられるコールセンターシステムです。\n\nログインしたら「受付可」を押してください。外線の着信をお受けできるようになります。\n困ったことがあれば、通話中でも「アラート」で管理者(SV)を呼べます。',
  },
  {
    title: 'マニュアルのご案内',
    body: '操作の手順は、画面の上にある「マニュアル」から、いつでもご覧いただけます。\n新しいタブで開くので、通話中に開いても電話は切れません。\n\n日本語と英語は「表示設定」で切り替えられます。',
  },
]

/** People and queues to try the product with. Only for an empty database. */
export async function insertDemoData(db: Sql, passwords: Passwords): Promise<void> {
  const users = await Promise.all(
    USERS.map(async ({ queues: _, extension, ...user }) => ({
      ...user,
      extension: extension ?? null,
      password_hash: await passwords.hash(`demo-${user.id}`),
    })),
  )
  const queues = QUEUES.map(({ id, name }, position) => ({
    id,
    name,
    position,
    ring_ms: null,
    wrap_up_ms: null,
  }))
  const members = USERS.flatMap(({ id, queues: of = [] }) =>
    of.map((queue_id) => ({ user_id: id, queue_id })),
  )
  const colleagues = USERS.flatMap(({ name, kana, extension }) =>
    extension === undefined ? [] : [{ name, kana, number: extension }],
  )
  await db.transaction().execute(async (all) => {
    await all.insertInto('users').values(users).execute()
    await all.insertInto('queues').values(queues).execute()
    await all
      .insertInto('queue_numbers')
      .values(QUEUES.map(({ id, number }) => ({ number, queue_id: id })))
      .execute()
    await all.insertInto('user_queues').values(members).execute()
    await all
      .insertInto('phone_book')
      .values([...colleagues, ...OUTSIDE])
      .execute()
    const first = Date.now() - NOTICES.length
    const author = USERS.find(({ role }) => role === 'administrator')?.name ?? ''
    await all
      .insertInto('notices')
      .values(NOTICES.map((notice, i) => ({ ...notice, author, published_at: first + i })))
      .execute()
  })
}
