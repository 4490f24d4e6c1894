import type { ErrorCode, QueueId } from '@tsunagu/contract'
import { routeOf } from '../../domain/dialling/dial-rules.js'
import { maskNumber } from '../../domain/number/mask-number.js'
import { numberKey } from '../../domain/number/number-key.js'
import type { Operator } from '../../domain/operator/operator.js'
import type { DialBudget, Directory, Log } from '../ports.js'

/** Where a dialled number leads. */
export type Destination =
  | { kind: 'extension'; number: string }
  | { kind: 'queue'; number: string; queueId: QueueId }
  | { kind: 'outside'; number: string; presented?: string }

export interface NoDestination {
  refused: ErrorCode
}

export interface DestinationsDeps {
  directory: Directory
  budget: DialBudget
  log: Log
}

/** Looks a number up: our own queues and extensions first, then what may be called outside. */
export class Destinations {
  constructor(private readonly deps: DestinationsDeps) {}

  async find(operator: Operator, number: string): Promise<Destination | NoDestination> {
    const { directory } = this.deps
    const queues = await directory.queues()
    const key = numberKey(number)
    const queue = queues.find(({ numbers }) => numbers.includes(key))
    if (queue) return { kind: 'queue', number: key, queueId: queue.id }
    const route = routeOf(number, await directory.dialRules())
    switch (route.kind) {
      case 'extension':
        return this.extension(operator, number)
      case 'refused':
        this.told(operator, number).warn('a number that may not be called')
        return { refused: route.code }
      case 'emergency':
        this.told(operator, number, { emergency: true }).warn('an emergency call')
        return this.outside(operator, number)
      case 'outside':
        return (await this.deps.budget.spend(operator.id))
          ? this.outside(operator, number)
          : { refused: 'dial-limit' }
    }
  }

  private async extension(operator: Operator, number: string): Promise<Destination | NoDestination> {
    if (number === operator.extension) return { refused: 'own-number' }
    const { directory } = this.deps
    const user = await directory.userAt(number)
    if (!user || user.disabled) return { refused: 'no-such-number' }
    return { kind: 'extension', number }
  }

  private async outside(operator: Operator, number: string): Promise<Destination> {
    const presented = operator.presents ?? (await defaultNumber(this.deps.directory, operator))
    return { kind: 'outside', number, ...(presented === undefined ? {} : { presented }) }
  }

  private told({ id }: Operator, number: string, flags: object = {}): { warn(message: string): void } {
    const fields = { operator: id, dialled: maskNumber(number), ...flags }
    return { warn: (message) => this.deps.log.warn(fields, message) }
  }
}

/** What is presented where nothing was chosen with 「外線」: the number of the operator's first queue. */
export async function defaultNumber(
  directory: Directory,
  { queues: own }: Operator,
): Promise<string | undefined> {
  const queues = await directory.queues()
  const first = queues.find(({ id }) => id === own[0]) ?? queues[0]
  return first?.numbers[0]
}
