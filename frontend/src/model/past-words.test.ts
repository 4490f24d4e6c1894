import { expect, test } from 'vitest'
import { actWord } from './past-words'

const text = (key: string): string => key

test.each([
  [{ act: 'end-wrap-up' }, 'pastAct.end-wrap-up'],
  [{ act: 'move-call', to: 'サポート' }, 'pastAct.move-call: サポート'],
  [{ act: 'choose-status', to: 'lunch' }, 'pastAct.choose-status: status.lunch'],
  [{ act: 'choose-status', to: '研修' }, 'pastAct.choose-status: 研修'],
  [{ act: 'move-call', to: 'lunch' }, 'pastAct.move-call: lunch'],
  [{ act: 'of-tomorrow' }, 'of-tomorrow'],
])('%o is %s', (act, words) => expect(actWord(act, text)).toBe(words))
