import type { BehindRow, CallOutcome } from '@tsunagu/contract'

export type Language = 'ja' | 'en'

const HEADS: Record<Language, string[]> = {
  ja: [
    '着信日時',
    '電話番号',
    '名称',
    'キュー',
    'オペレーター',
    '結果',
    '待ち時間（秒）',
    '通話時間（秒）',
    '通話ID',
  ],
  en: ['Entered', 'Number', 'Name', 'Queue', 'Operators', 'Outcome', 'Waited (s)', 'Talked (s)', 'Call ID'],
}

const OUTCOMES: Record<Language, Record<CallOutcome, string>> = {
  ja: {
    waiting: '待ち呼',
    answered: '応答',
    abandoned: '放棄',
    overflowed: '溢れ',
    closed: '時間外',
    'called-back': '折り返し',
    moved: '別キューへ移動',
    cut: '接続時に切断',
  },
  en: {
    waiting: 'waiting',
    answered: 'answered',
    abandoned: 'abandoned',
    overflowed: 'overflowed',
    closed: 'closed',
    'called-back': 'called back',
    moved: 'moved',
    cut: 'cut while connecting',
  },
}

const WITHHELD: Record<Language, string> = { ja: '非通知', en: 'withheld' }

/** Pure: the lines of a spreadsheet, its head first. Times are of the site's time zone. */
export function behindLines(rows: BehindRow[], language: Language, timeZone: string): string[][] {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  const seconds = (ms: number | undefined): string => (ms === undefined ? '' : String(Math.round(ms / 1_000)))
  const lines = rows.map((row) => [
    clock.format(row.enteredAt),
    row.number ?? WITHHELD[language],
    row.name ?? '',
    row.queue.name,
    row.operators.map(({ id, name }) => `${name} (${id})`).join(', '),
    OUTCOMES[language][row.outcome],
    seconds(row.waitedMs),
    seconds(row.talkMs),
    row.callId,
  ])
  return [HEADS[language], ...lines]
}
