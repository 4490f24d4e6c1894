import { callId, queueId, userId, type BehindRow } from '@tsunagu/contract'
import { expect, test } from 'vitest'
import { writeCsv } from '../books/csv.js'
import { behindLines } from './behind-csv.js'

const row: BehindRow = {
  callId: callId('c1'),
  visit: 1,
  enteredAt: Date.parse('2026-11-22T15:00:05Z'),
  name: '=HYPERLINK("http://x")',
  queue: { id: queueId('main'), name: '代表, 本社' },
  operators: [
    { id: userId('6320'), name: '佐藤 花子' },
    { id: userId('6321'), name: '鈴木 太郎' },
  ],
  outcome: 'answered',
  waitedMs: 12_400,
  talkMs: 61_600,
  over: 1,
  under: 0,
}

test('a line has the site’s own time, whole seconds, and nothing that is calculated', () => {
  const [, line] = writeCsv(behindLines([row], 'ja', 'Asia/Tokyo')).split('\r\n')
  expect(line).toBe(
    `2026-11-23 00:00:05,非通知,"'=HYPERLINK(""http://x"")","代表, 本社","佐藤 花子 (6320), 鈴木 太郎 (6321)",応答,12,62,c1`,
  )
})

test('both languages have as many columns as a line', () => {
  for (const language of ['ja', 'en'] as const) {
    const [head, line] = behindLines([{ ...row, outcome: 'abandoned' }], language, 'UTC')
    expect(head).toHaveLength(line!.length)
  }
})
