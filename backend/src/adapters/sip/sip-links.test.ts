import { expect, test } from 'vitest'
import { SipLinks } from './sip-links.js'

test('the end of a session closes its links and nobody else’s', () => {
  const links = new SipLinks()
  const closed: string[] = []
  links.add('a', () => closed.push('a1'))
  links.add('a', () => closed.push('a2'))
  links.add('b', () => closed.push('b'))
  links.closeOf('a')
  expect(closed).toEqual(['a1', 'a2'])
})

test('a fifth link of a session closes its oldest', () => {
  const links = new SipLinks()
  const closed: string[] = []
  for (const name of ['a1', 'a2', 'a3', 'a4']) links.add('a', () => closed.push(name))
  links.add('b', () => closed.push('b'))
  expect(closed).toEqual([])
  links.add('a', () => closed.push('a5'))
  links.add('a', () => closed.push('a6'))
  expect(closed).toEqual(['a1', 'a2'])
  expect(links.size).toBe(5)
})

test('a forgotten link is not closed again', () => {
  const links = new SipLinks()
  const closed: string[] = []
  const forget = links.add('a', () => closed.push('a'))
  expect(links.size).toBe(1)
  forget()
  links.closeAll()
  expect(closed).toEqual([])
  expect(links.size).toBe(0)
})

test('all can be closed at once, each forgetting itself', () => {
  const links = new SipLinks()
  let closed = 0
  for (const hash of ['a', 'b', 'b']) {
    const forget = links.add(hash, () => {
      closed += 1
      forget()
    })
  }
  links.closeAll()
  expect(closed).toBe(3)
  expect(links.size).toBe(0)
})
