import { ERROR_MESSAGES } from '@tsunagu/contract'
import { expect, test } from 'vitest'
import en from './en.json'
import ja from './ja.json'
import monitorEn from './monitor-en.json'
import monitorJa from './monitor-ja.json'
import pastEn from './past-en.json'
import pastJa from './past-ja.json'

interface Catalogue {
  [key: string]: string | Catalogue
}

function entries(catalogue: Catalogue, prefix = ''): [string, string][] {
  return Object.entries(catalogue).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[prefix + key, value] as [string, string]]
      : entries(value, `${prefix}${key}.`),
  )
}

const japanese = new Map([...entries(ja), ...entries(monitorJa), ...entries(pastJa)])
const english = new Map([...entries(en), ...entries(monitorEn), ...entries(pastEn)])
const placeholders = (words = ''): string[] => (words.match(/\{\w+\}/g) ?? []).sort()

test('both languages have the same keys', () => {
  expect([...english.keys()].sort()).toEqual([...japanese.keys()].sort())
})

test('no key is in two catalogues', () => {
  const tops = [...Object.keys(ja), ...Object.keys(monitorJa), ...Object.keys(pastJa)]
  expect(tops.filter((top, at) => tops.indexOf(top) !== at)).toEqual([])
  expect(english.size).toBe(entries(en).length + entries(monitorEn).length + entries(pastEn).length)
})

test('no words are empty, and both languages fill in the same things', () => {
  for (const [key, words] of japanese) {
    expect(words, key).not.toBe('')
    expect(placeholders(english.get(key)), key).toEqual(placeholders(words))
  }
})

test('words need nothing of the library that the page leaves out: no plurals, no links', () => {
  for (const [key, words] of [...japanese, ...english]) expect(words, key).not.toMatch(/[|@]|\{(?!\w+\})/)
})

test('every refusal of the server has its words', () => {
  expect(Object.keys(ja.refusal).sort()).toEqual(Object.keys(ERROR_MESSAGES).sort())
})

/** All that is written in the page's own files, tests left out. */
const files = import.meta.glob<string>(['../**/*.{ts,vue}', '!../**/*.test.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
})

test('no key is unused', () => {
  const source = Object.values(files).join('\n')
  // A key is used as it stands, or as the beginning of one that is put together: `refusal.${code}`.
  const built = [...source.matchAll(/`([\w.]+\.)\$\{/g)].map((match) => match[1] ?? '')
  const isBuilt = (key: string): boolean => built.some((start) => key.startsWith(start))
  const unused = [...japanese.keys()].filter((key) => !source.includes(`'${key}'`) && !isBuilt(key))
  expect(source.length).toBeGreaterThan(10_000)
  expect(unused).toEqual([])
})
