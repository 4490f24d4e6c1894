// @ts-check
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { checks, copiedFrom } from './checks.mjs'
import { portsAgree } from './port-checks.mjs'
import { mentionsIn, readStack } from './read.mjs'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** @param {(stack: import('./read.mjs').Stack) => void} change what is wrong with the stack thus changed */
function problemsAfter(change) {
  const stack = readStack(ROOT)
  change(stack)
  return [...checks, portsAgree].flatMap((check) => check(stack))
}

test('the stack as it is has no problem', () => {
  expect(problemsAfter(() => undefined)).toEqual([])
})

test('a password with a default is found', () => {
  const problems = problemsAfter(({ mentions }) =>
    mentions.push({ name: 'REDIS_PASSWORD', kind: 'default', fallback: 'redis' }),
  )
  expect(problems).toEqual(['REDIS_PASSWORD must be required (${REDIS_PASSWORD:?…}), not have a default.'])
})

test('a variable nobody knows is found', () => {
  const problems = problemsAfter(({ services }) =>
    Object.assign(services['app']?.environment ?? {}, { RING_SECOND: 5 }),
  )
  expect(problems).toEqual([
    "scripts/lib/environment.mjs does not know the app's RING_SECOND.",
    'backend/src/config.ts does not know RING_SECOND.',
  ])
})

test('a published ARI is found', () => {
  const problems = problemsAfter(({ services }) => services['asterisk']?.ports?.push('8088:8088'))
  expect(problems).toEqual(["Asterisk's HTTP (8088) is published; it must not be."])
})

test('a missing file and an undeclared volume are found', () => {
  const problems = problemsAfter(({ services }) =>
    services['app']?.volumes?.push('./nowhere:/x', 'lost-data:/y'),
  )
  expect(problems).toEqual([
    'app mounts ./nowhere, which does not exist.',
    'app mounts the volume lost-data, which is not declared.',
  ])
})

test('variables are read with what stands behind them, and escaped ones are not', () => {
  expect(mentionsIn('a: ${A:?words} ${B:-b} $${C} ${D}')).toEqual([
    { name: 'A', kind: 'required', fallback: 'words' },
    { name: 'B', kind: 'default', fallback: 'b' },
    { name: 'D', kind: 'plain', fallback: '' },
  ])
})

test('COPY from another stage takes nothing from the repository', () => {
  expect(copiedFrom('COPY a b/*.conf /x/\nCOPY --from=build /app/dist dist\n')).toEqual(['a', 'b/*.conf'])
})
