import { expect, test } from 'vitest'
import { Mailboxes } from './mailboxes.js'

function gate(): { open: () => void; passed: Promise<void> } {
  let open = (): void => undefined
  const passed = new Promise<void>((resolve) => (open = resolve))
  return { open: () => open(), passed }
}

test('one key: one at a time, in order of arrival', async () => {
  const mailboxes = new Mailboxes()
  const order: string[] = []
  const { open, passed } = gate()
  const first = mailboxes.run('a', async () => {
    await passed
    order.push('first')
  })
  const second = mailboxes.run('a', async () => void order.push('second'))
  const third = mailboxes.run('a', async () => void order.push('third'))
  open()
  await Promise.all([third, second, first])
  expect(order).toEqual(['first', 'second', 'third'])
})

test('different keys run side by side', async () => {
  const mailboxes = new Mailboxes()
  const { open, passed } = gate()
  const slow = mailboxes.run('a', () => passed)
  await expect(mailboxes.run('b', async () => 'done')).resolves.toBe('done')
  open()
  await slow
})

test('a task that fails tells its caller and stops nobody behind it', async () => {
  const mailboxes = new Mailboxes()
  const failed = mailboxes.run('a', () => Promise.reject(new Error('broken')))
  const next = mailboxes.run('a', async () => 'done')
  await expect(failed).rejects.toThrow('broken')
  await expect(next).resolves.toBe('done')
})

test('a task that throws before it waits is no different', async () => {
  const mailboxes = new Mailboxes()
  const failed = mailboxes.run('a', () => {
    throw new Error('broken')
  })
  await expect(failed).rejects.toThrow('broken')
  await expect(mailboxes.run('a', async () => 'done')).resolves.toBe('done')
})

test('idle waits for what is under way, and for what that brings about', async () => {
  const mailboxes = new Mailboxes()
  const order: string[] = []
  const { open, passed } = gate()
  void mailboxes.run('a', async () => {
    await passed
    void mailboxes.run('b', async () => void order.push('b, asked for by a'))
    order.push('a')
  })
  const idle = mailboxes.idle().then(() => order.push('idle'))
  open()
  await idle
  expect(order).toEqual(['a', 'b, asked for by a', 'idle'])
})

test('idle is not held up by a task that failed, and nothing is kept of the past', async () => {
  const mailboxes = new Mailboxes()
  const failed = mailboxes.run('a', () => Promise.reject(new Error('broken')))
  await expect(failed).rejects.toThrow()
  await mailboxes.idle()
  expect(Reflect.get(mailboxes, 'tails')).toEqual(new Map())
})
