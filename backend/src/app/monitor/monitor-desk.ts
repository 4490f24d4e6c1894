import type { Ack, BoardSnapshot, CallId, ChoiceFor, QueueId, UserId } from '@tsunagu/contract'
import type { User } from '../ports.js'

/** Who asks. */
export type Supervisor = Pick<User, 'id' | 'name'>

/** What a supervisor's page may ask; the refusals of each stand in the contract (`MonitorRequests`). */
export interface MonitorDesk {
  snapshot(): BoardSnapshot
  acknowledgeAlert(by: Supervisor, operator: UserId): Promise<Ack>
  choose(by: Supervisor, operator: UserId, choice: ChoiceFor): Promise<Ack>
  endWrapUp(by: Supervisor, operator: UserId): Promise<Ack>
  logOut(by: Supervisor, operator: UserId, when: 'now' | 'after-call'): Promise<Ack>
  takeOver(by: Supervisor, operator: UserId): Promise<Ack>
  move(by: Supervisor, call: CallId, queue: QueueId): Promise<Ack>
  front(by: Supervisor, call: CallId): Promise<Ack>
  take(by: Supervisor, call: CallId): Promise<Ack>
}
