import type { ListenMode, UserId } from '@tsunagu/contract'
import type { Listening } from '../../domain/listening/listening.js'
import type { Operator } from '../../domain/operator/operator.js'

/** A supervisor in an operator's call. */
export interface ListenerView {
  id: UserId
  name: string
  mode: ListenMode
}

/** Hears whose listeners, or their modes, are not the same any more. Returns at once and never throws. */
type Watcher = (operators: UserId[]) => void

/** Who listens to whom, as it stands in the supervisors' records: for those who ask at every move of a call. */
export class Listeners {
  private readonly known = new Map<UserId, { name: string; listening: Listening }>()
  private readonly watchers: Watcher[] = []

  watch(watcher: Watcher): void {
    this.watchers.push(watcher)
  }

  /** What this supervisor does from now on. */
  note({ id, name }: Pick<Operator, 'id' | 'name'>, listening: Listening | undefined): void {
    const before = this.known.get(id)?.listening
    if (listening) this.known.set(id, { name, listening })
    else this.known.delete(id)
    const whose = concerned(before, listening)
    if (whose.length > 0) for (const watcher of this.watchers) watcher(whose)
  }

  /** His record knows of no listening. */
  forget(id: UserId): void {
    this.note({ id, name: '' }, undefined)
  }

  /** Everybody who listens. */
  all(): UserId[] {
    return [...this.known.keys()]
  }

  /** Who is in this operator's call. */
  of(operator: UserId): ListenerView[] {
    return [...this.known].flatMap(([id, { name, listening }]) =>
      listening.operator.id === operator ? [{ id, name, mode: listening.mode }] : [],
    )
  }
}

function concerned(before: Listening | undefined, next: Listening | undefined): UserId[] {
  if (before?.mode === next?.mode && before?.operator.id === next?.operator.id) return []
  return [...new Set([before, next].flatMap((one) => (one ? [one.operator.id] : [])))]
}
