import { expect, test } from 'vitest'
import { Lanes } from './lanes.js'

function gate() {
  let open = (): void => undefined
  const passed = new Promise<void>((resolve) => (open = resolve))
  return { open: () => open(), passed }
}

test('a second job of the same user waits for the first', async () => {
  const lanes = new Lanes()
  const { open, passed } = gate()
  const order: string[] = []
  const first = lanes.run(['a'], () => passed.then(() => void order.push('first')))
  const second = lanes.run(['a'], async () => void order.push('second'))
  const other = lanes.run(['b'], async () => void order.push('other'))
  await other
  open()
  await Promise.all([first, second])
  expect(order).toEqual(['other', 'first', 'second'])
})

test('a job that fails tells its caller and stops nobody else', async () => {
  const lanes = new Lanes()
  const failed = lanes.run(['a'], () => Promise.reject(new Error('broken')))
  const next = lanes.run(['a'], async () => 'done')
  await expect(failed).rejects.toThrow('broken')
  await expect(next).resolves.toBe('done')
})

test('two jobs that want the same two users both end', async () => {
  const lanes = new Lanes()
  const both = [lanes.run(['a', 'b'], async () => 1), lanes.run(['b', 'a'], async () => 2)]
  await expect(Promise.all(both)).resolves.toEqual([1, 2])
})
