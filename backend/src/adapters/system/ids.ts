import { randomBytes, randomUUID } from 'node:crypto'
import type { Ids } from '../../app/ports.js'

const SECRET_BYTES = 32

export const systemIds: Ids = {
  secret: () => randomBytes(SECRET_BYTES).toString('base64url'),
  unique: () => randomUUID(),
}
