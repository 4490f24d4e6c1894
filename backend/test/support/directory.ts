import { queueId, userId } from '@tsunagu/contract'
import { DEFAULT_DIAL_RULES } from '../../src/domain/dialling/dial-rules.js'
import type { Directory, User } from '../../src/app/ports.js'

/** Two queues, with one trunk number each. */
export const MAIN = queueId('main')
export const SUPPORT = queueId('support')

export const testDirectory = (ringMs: number): Directory => {
  const queues = [
    { id: MAIN, name: '代表', numbers: ['0350600025'], ringMs },
    { id: SUPPORT, name: 'サポート', numbers: ['0350600026'], ringMs },
  ]
  return {
    user: () => Promise.resolve(undefined),
    userAt: (extension) => Promise.resolve(/^632\d$/.test(extension) ? colleague(extension) : undefined),
    queues: () => Promise.resolve(queues),
    nameOf: () => Promise.resolve(undefined),
    works: () => Promise.resolve(['研修']),
    dialRules: () => Promise.resolve(DEFAULT_DIAL_RULES),
  }
}

/** Whoever has an extension is an operator; whether he is logged in is another matter. */
const colleague = (extension: string): User => ({
  id: userId(extension),
  name: extension,
  kana: '',
  role: 'operator',
  extension,
  passwordHash: '',
  queues: [MAIN],
  disabled: false,
})
