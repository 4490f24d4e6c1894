import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { StartError } from '../../start-error.js'
import { loadTls } from './tls.js'

let runtimeDir: string

beforeEach(() => {
  runtimeDir = mkdtempSync(join(tmpdir(), 'tsunagu-tls-'))
})
afterEach(() => rmSync(runtimeDir, { recursive: true }))

test('a certificate of our own is made for the host that browsers reach, and kept', async () => {
  const first = await loadTls({ runtimeDir, publicHost: 'pbx.example' })
  expect(first.selfSigned).toBe(true)
  expect(new X509Certificate(first.cert).checkHost('pbx.example')).toBe('pbx.example')
  expect(await loadTls({ runtimeDir, publicHost: 'pbx.example' })).toEqual(first)
})

test('another public host gets another certificate', async () => {
  const first = await loadTls({ runtimeDir, publicHost: 'pbx.example' })
  const second = await loadTls({ runtimeDir, publicHost: '192.0.2.7' })
  expect(second.cert).not.toBe(first.cert)
  expect(new X509Certificate(second.cert).checkIP('192.0.2.7')).toBe('192.0.2.7')
})

test("the site's own certificate is used as it is", async () => {
  const made = await loadTls({ runtimeDir, publicHost: 'localhost' })
  const tls = { certFile: join(runtimeDir, 'tls', 'cert.pem'), keyFile: join(runtimeDir, 'tls', 'key.pem') }
  expect(await loadTls({ runtimeDir, publicHost: 'x', tls })).toEqual({ ...made, selfSigned: false })
  expect(readFileSync(tls.certFile, 'utf8')).toBe(made.cert)
})

test('a file that is not there, or is no certificate, is refused in words', async () => {
  const file = join(runtimeDir, 'no.pem')
  const tls = { certFile: file, keyFile: file }
  await expect(loadTls({ runtimeDir, publicHost: 'x', tls })).rejects.toThrow(
    /^TLS_CERT: .*no\.pem cannot be read/,
  )
  writeFileSync(file, 'no certificate')
  const loading = loadTls({ runtimeDir, publicHost: 'x', tls })
  await expect(loading).rejects.toThrow(StartError)
  await expect(loading).rejects.toThrow(/TLS_CERT and TLS_KEY are not/)
})
