import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import type { Passwords } from '../../app/sessions/ports.js'

/** scrypt's cost (RFC 7914): `log2N` doubles time and memory with each step. */
export interface ScryptCost {
  log2N: number
  r: number
  p: number
}

/** 32 MB and some 80 ms per try; OWASP's password storage sheet names N=2^15, r=8 with p up to 3. */
export const SCRYPT_COST: ScryptCost = { log2N: 15, r: 8, p: 1 }

const SALT_BYTES = 16
const HASH_BYTES = 32
const HASH = /^scrypt\$(\d{1,2})\$(\d{1,2})\$(\d{1,2})\$([A-Za-z0-9_-]+)\$([A-Za-z0-9_-]+)$/

/** Hashes read `scrypt$log2N$r$p$salt$hash`: old ones stay valid when the cost is raised. */
export function scryptPasswords(cost = SCRYPT_COST): Passwords {
  const hash = async (password: string): Promise<string> => {
    const salt = randomBytes(SALT_BYTES)
    const derived = await derive(password, salt, cost)
    return ['scrypt', cost.log2N, cost.r, cost.p, text(salt), text(derived)].join('$')
  }
  const nobody = hash(text(randomBytes(HASH_BYTES)))
  return {
    hash,
    async verify(password, known) {
      const matches = await verifyHash(password, known ?? (await nobody))
      return matches && known !== undefined
    },
  }
}

async function verifyHash(password: string, known: string): Promise<boolean> {
  const [, log2N, r, p, salt, hash] = HASH.exec(known) ?? []
  if (salt === undefined || hash === undefined)
    throw new Error('A stored password hash is not of the known form.')
  const expected = Buffer.from(hash, 'base64url')
  const cost = { log2N: Number(log2N), r: Number(r), p: Number(p) }
  const derived = await derive(password, Buffer.from(salt, 'base64url'), cost)
  return expected.length === derived.length && timingSafeEqual(expected, derived)
}

function derive(password: string, salt: Buffer, { log2N, r, p }: ScryptCost): Promise<Buffer> {
  const N = 2 ** log2N
  // The same text typed on two keyboards may differ in bytes; NFKC makes them one.
  const typed = password.normalize('NFKC')
  return new Promise((resolve, reject) => {
    scrypt(typed, salt, HASH_BYTES, { N, r, p, maxmem: 2 * 128 * N * r }, (error, derived) => {
      if (error) reject(error)
      else resolve(derived)
    })
  })
}

const text = (bytes: Buffer): string => bytes.toString('base64url')
