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
    user: (id) => Promise.resolve(SUPERVISORS.find((user) => user.id === id)),
    userAt: (extension) => Promise.resolve(userAt(extension)),
    queues: () => Promise.resolve(queues),
    nameOf: () => Promise.resolve(undefined),
    works: () => Promise.resolve(['研修']),
    showsListeners: () => Promise.resolve(false),
    dialRules: () => Promise.resolve(DEFAULT_DIAL_RULES),
  }
}

const userAt = (extension: string): User | undefined =>
  SUPERVISORS.find((user) => user.extension === extension) ??
  (/^632\d$/.test(extension) ? colleague(extension) : undefined)

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

const supervisor = (id: string, extension: string): User => ({
  ...colleague(extension),
  id: userId(id),
  name: id,
  role: 'supervisor',
  queues: [],
})

export const SUPERVISORS = [supervisor('sv1', '6301'), supervisor('sv2', '6302')]
