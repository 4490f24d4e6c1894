import type { Ack } from '@tsunagu/contract'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test } from 'vitest'
import { useDeskStore } from '../stores/desk'
import { useNoticeStore } from '../stores/notices'
import { dialler } from './dial'

beforeEach(() => {
  setActivePinia(createPinia())
  useDeskStore().tab = 'owner'
})

const shown = (): string[] => useNoticeStore().notices.map(({ key }) => key)

/** A server that answers when it is told to, and a seat with or without a microphone. */
function seat({ microphone = true } = {}) {
  const asked: unknown[] = []
  const answers: ((ack: Ack) => void)[] = []
  const dial = dialler(
    {
      ask: (...question: unknown[]) => {
        asked.push(question)
        return new Promise<Ack>((resolve) => answers.push(resolve))
      },
    },
    { openMicrophone: () => Promise.resolve(microphone ? ({} as MediaStream) : undefined) },
  )
  /** The answer to the next question, once it was asked. */
  const answer = async (ack: Ack): Promise<void> => {
    await expect.poll(() => answers.length).toBeGreaterThan(0)
    answers.shift()?.(ack)
  }
  return { dial, asked, answer }
}

test('a number is dialled as the server reads it', async () => {
  const { dial, asked, answer } = seat()
  const taken = dial('+81 3-5060-0025')
  await answer({ ok: true })
  expect(await taken).toBe(true)
  expect(asked).toEqual([['call:dial', { number: '0350600025' }]])
})

test('pressed twice, it is dialled once; afterwards it can be dialled again', async () => {
  const { dial, asked, answer } = seat()
  const first = dial('6321')
  expect(await dial('6321')).toBe(false)
  await answer({ ok: true })
  await first
  expect(asked).toHaveLength(1)
  const second = dial('6321')
  await answer({ ok: true })
  expect(await second).toBe(true)
})

test('a refusal is shown in words', async () => {
  const { dial, answer } = seat()
  const taken = dial('6321')
  await answer({ ok: false, code: 'party-busy' })
  expect([await taken, shown()]).toEqual([false, ['refusal.party-busy']])
})

test('what is no number does not reach the server', async () => {
  const { dial, asked } = seat()
  expect([await dial('でんわ'), shown(), asked]).toEqual([false, ['number.characters'], []])
})

test('without a microphone nobody is called', async () => {
  const { dial, asked } = seat({ microphone: false })
  expect([await dial('6321'), shown(), asked]).toEqual([false, ['notice.dialNeedsMicrophone'], []])
})
