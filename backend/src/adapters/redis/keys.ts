import type { CallId, QueueId, UserId } from '@tsunagu/contract'

/** Every key in Redis, in one place. `prefix` separates two systems (and two test files) on one Redis. */
export function redisKeys(prefix = 'tsunagu:') {
  return {
    /** string: a session as JSON, by the hash of its token */
    session: (tokenHash: string) => `${prefix}session:${tokenHash}`,
    /** string: token hash of the one session a user has */
    login: (id: UserId) => `${prefix}login:${id}`,
    /** set: token hashes of all sessions */
    sessions: `${prefix}sessions`,
    /** string: why a session ended, by the hash of its token */
    sessionEnd: (tokenHash: string) => `${prefix}session-end:${tokenHash}`,
    /** prefix of the counters of failed logins; rate-limiter-flexible adds `:<key>` */
    triesOfUser: `${prefix}tries-user`,
    triesOfAddress: `${prefix}tries-address`,
    /** prefix of the counters of outgoing calls; rate-limiter-flexible adds `:<user>` */
    dialledInHour: `${prefix}dialled-hour`,
    dialledInDay: `${prefix}dialled-day`,
    /** hash (v: version, d: JSON): a call */
    call: (id: CallId | string) => `${prefix}call:${id}`,
    /** set: IDs of all calls */
    calls: `${prefix}calls`,
    /** string: counter of entries, the order in which callers came */
    entries: `${prefix}entries`,
    /** hash (v: version, d: JSON): a logged-in operator */
    operator: (id: UserId | string) => `${prefix}operator:${id}`,
    /** set: IDs of all logged-in operators */
    operators: `${prefix}operators`,
    /** sorted set: calls that wait in a queue, by place in line */
    waiting: (id: QueueId) => `${prefix}waiting:${id}`,
    /** sorted set: operators of a queue who may be offered a call, by the time they became idle */
    ready: (id: QueueId) => `${prefix}ready:${id}`,
    /** hash: park slot to call ID */
    slots: `${prefix}slots`,
    /** sorted set: names of alarms, by time */
    alarms: `${prefix}alarms`,
    /** stream (d: JSON): records on their way to the database */
    outbox: `${prefix}outbox`,
    /** string: the crossings of limits that go on, as JSON */
    crossings: `${prefix}crossings`,
    /** string: which process works this PBX */
    lease: `${prefix}lease`,
  }
}

export type Keys = ReturnType<typeof redisKeys>
