import { createHash } from 'node:crypto'

/** 256 bits in base64url, as `Ids.secret()` makes them. Anything else is no token and is not looked up. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/

export const isToken = (text: string): boolean => TOKEN.test(text)

/** What of a token is stored. A plain digest is enough: 256 random bits cannot be guessed back. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url')
