// @ts-check
import { expect, test } from 'vitest'
import { mirrorOfLines, mirrorOfStanzas } from './apt-sources.mjs'

test('the mirror in one-line sources', () => {
  const text = `# comment
deb [arch=amd64] https://vendor.example/debian nodistro main
deb-src http://mirror.example/debian trixie main
deb [signed-by=/k.gpg] http://mirror.example/debian trixie main contrib
deb http://other.example/debian trixie main`
  expect(mirrorOfLines(text)).toBe('http://mirror.example/debian')
})

test('the mirror in stanzas', () => {
  const text = `Types: deb
URIs: http://off.example/debian
Suites: trixie
Components: main
Enabled: no

Types: deb
URIs: http://mirror.example/debian-security
Suites: trixie-security
Components: main

Types: deb
URIs: http://mirror.example/debian http://second.example/debian
Suites: trixie trixie-updates
Components: main`
  expect(mirrorOfStanzas(text)).toBe('http://mirror.example/debian')
})

test('another distribution has none', () => {
  expect(mirrorOfLines('deb http://archive.example/ubuntu noble main restricted')).toBeUndefined()
  expect(
    mirrorOfStanzas('Types: deb\nURIs: http://archive.example/ubuntu\nSuites: noble\nComponents: main'),
  ).toBeUndefined()
})
