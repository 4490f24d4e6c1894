import { expect, test } from 'vitest'
import { Turns } from './turns.js'

function gate() {
  let open = (): void => undefined
  const passed = new Promise<void>((resolve) => (open = resolve))
  return { open: () => open(), passed }
}

test('a page is served in the order in which it asked; others do not wait for it', async () => {
  const turns = new Turns()
  const { open, passed } = gate()
  const served: string[] = []
  const first = turns.take('a', () => passed.then(() => served.push('first')))
  const second = turns.take('a', async () => served.push('second'))
  await turns.take('b', async () => served.push('other'))
  open()
  await Promise.all([first, second])
  expect(served).toEqual(['other', 'first', 'second'])
})

test('one is served and 32 wait: the next is refused, until one is done', async () => {
  const turns = new Turns()
  const { open, passed } = gate()
  const taken = Array.from({ length: 33 }, () => turns.take('a', () => passed))
  expect(taken).not.toContain(undefined)
  expect(turns.take('a', () => passed)).toBeUndefined()
  expect(turns.take('b', () => passed)).toBeDefined()
  open()
  await Promise.all(taken)
  expect(await turns.take('a', async () => 'served')).toBe('served')
})

test('what fails gives its turn on', async () => {
  const turns = new Turns()
  await expect(turns.take('a', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(await turns.take('a', async () => 'served')).toBe('served')
})

test('the end of a page comes after all that it asked, and is never refused', async () => {
  const turns = new Turns()
  const { open, passed } = gate()
  const served: string[] = []
  for (let i = 0; i < 33; i++) void turns.take('a', () => passed.then(() => served.push('asked')))
  const end = turns.last('a', async () => served.push('gone'))
  open()
  await end
  expect(served).toHaveLength(34)
  expect(served.at(-1)).toBe('gone')
})
