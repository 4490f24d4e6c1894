import { expect, test } from 'vitest'
import { scryptPasswords } from './passwords.js'

const cheap = { log2N: 4, r: 8, p: 1 }

test('the right password passes, a wrong one does not', async () => {
  const passwords = scryptPasswords(cheap)
  const hash = await passwords.hash('demo-6320')
  expect(await passwords.verify('demo-6320', hash)).toBe(true)
  expect(await passwords.verify('demo-6321', hash)).toBe(false)
  expect(await passwords.verify('', hash)).toBe(false)
})

test('two hashes of one password differ and carry their cost', async () => {
  const passwords = scryptPasswords(cheap)
  const [one, two] = await Promise.all([passwords.hash('x'), passwords.hash('x')])
  expect(one).not.toBe(two)
  expect(one).toMatch(/^scrypt\$4\$8\$1\$/)
})

test('a hash of another cost stays valid', async () => {
  const hash = await scryptPasswords(cheap).hash('old')
  expect(await scryptPasswords({ ...cheap, log2N: 5 }).verify('old', hash)).toBe(true)
})

test('an unknown user is never let in', async () => {
  expect(await scryptPasswords(cheap).verify('anything', undefined)).toBe(false)
})

test('a wrong password takes as long as an unknown user', async () => {
  const passwords = scryptPasswords({ log2N: 14, r: 8, p: 1 })
  const hash = await passwords.hash('x')
  await passwords.verify('warm', undefined)
  // The quickest of several: what the machine does besides only ever adds.
  const timeOf = async (known: string | undefined): Promise<number> => {
    const times: number[] = []
    for (let i = 0; i < 5; i++) {
      const start = performance.now()
      await passwords.verify('y', known)
      times.push(performance.now() - start)
    }
    return Math.min(...times)
  }
  const [wrong, unknown] = [await timeOf(hash), await timeOf(undefined)]
  expect(Math.max(wrong, unknown) / Math.min(wrong, unknown)).toBeLessThan(3)
})

test('the same letters composed differently are one password', async () => {
  const passwords = scryptPasswords(cheap)
  const hash = await passwords.hash('パスワード')
  expect(await passwords.verify('パスワード'.normalize('NFD'), hash)).toBe(true)
})

test('a damaged hash is a fault, not a wrong password', async () => {
  await expect(scryptPasswords(cheap).verify('x', 'plain')).rejects.toThrow('not of the known form')
})
