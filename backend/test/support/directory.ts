import { queueId } from '@tsunagu/contract'
import type { Directory } from '../../src/app/ports.js'

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
    queues: () => Promise.resolve(queues),
    nameOf: () => Promise.resolve(undefined),
    works: () => Promise.resolve(['研修']),
  }
}
