import { X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { createSecureContext } from 'node:tls'
import { generate } from 'selfsigned'
import type { Config } from '../../config.js'
import { StartError } from '../../start-error.js'

export interface Tls {
  cert: string
  key: string
  selfSigned: boolean
}

const OWNER_ONLY_FILE = 0o600
const OWNER_ONLY_FOLDER = 0o700
const DAY_MS = 24 * 60 * 60 * 1000
/** The longest Apple's and Google's browsers take. */
const VALID_DAYS = 820
const RENEW_DAYS = 30

/** The site's certificate, or a self-signed one that is made once and kept, so that browsers ask only once. */
export async function loadTls(config: Pick<Config, 'tls' | 'runtimeDir' | 'publicHost'>): Promise<Tls> {
  if (config.tls) {
    const { certFile, keyFile } = config.tls
    return usable({ cert: read('TLS_CERT', certFile), key: read('TLS_KEY', keyFile) })
  }
  const folder = join(config.runtimeDir, 'tls')
  const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') }
  const kept = readKept(files)
  if (kept && fits(kept.cert, config.publicHost)) return { ...kept, selfSigned: true }

  const made = await make(config.publicHost)
  mkdirSync(folder, { recursive: true, mode: OWNER_ONLY_FOLDER })
  writeFileSync(files.key, made.key, { mode: OWNER_ONLY_FILE })
  writeFileSync(files.cert, made.cert)
  return { ...made, selfSigned: true }
}

function read(variable: string, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new StartError(`${variable}: ${file} cannot be read (${(error as Error).message}).`, {
      cause: error,
    })
  }
}

function usable(pair: { cert: string; key: string }): Tls {
  try {
    createSecureContext(pair)
  } catch (error) {
    const why = (error as Error).message
    throw new StartError(`TLS_CERT and TLS_KEY are not a certificate and its key in PEM (${why}).`, {
      cause: error,
    })
  }
  return { ...pair, selfSigned: false }
}

function readKept(files: { cert: string; key: string }): { cert: string; key: string } | undefined {
  if (!existsSync(files.cert) || !existsSync(files.key)) return undefined
  return { cert: readFileSync(files.cert, 'utf8'), key: readFileSync(files.key, 'utf8') }
}

/** Still valid for a while, and for the host that browsers reach now. */
function fits(pem: string, publicHost: string): boolean {
  const certificate = new X509Certificate(pem)
  const named = isIP(publicHost) ? certificate.checkIP(publicHost) : certificate.checkHost(publicHost)
  return named !== undefined && Date.parse(certificate.validTo) - Date.now() > RENEW_DAYS * DAY_MS
}

async function make(publicHost: string): Promise<{ cert: string; key: string }> {
  const names = new Set(['localhost', '127.0.0.1', publicHost])
  const altNames = [...names].map((name) =>
    isIP(name) ? { type: 7 as const, ip: name } : { type: 2 as const, value: name },
  )
  const made = await generate([{ name: 'commonName', value: publicHost }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + VALID_DAYS * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames },
    ],
  })
  return { cert: made.cert, key: made.private }
}
