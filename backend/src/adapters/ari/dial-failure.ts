import type { DialFailure } from '@tsunagu/contract'

/**
 * Asterisk's hang-up causes (ITU-T Q.850, as causes.h names them) in the words of the domain; what SIP answered has
 * become one of them on the way (res_pjsip, hangup_sip2cause).
 */
const FAILURES: Record<number, DialFailure> = {
  1: 'no-such-number', // unallocated: 404, 485, 604
  2: 'trunk-down', // no route to the network
  3: 'trunk-down', // no route to the destination: the trunk is not there
  17: 'busy',
  18: 'unanswered', // no user response: 408
  19: 'unanswered', // no answer: 480
  20: 'unreachable', // subscriber absent: 410, 480
  21: 'declined', // 401, 403, 407, 603
  22: 'no-such-number', // number changed
  27: 'unreachable', // destination out of order: 502
  28: 'no-such-number', // invalid number format: 484
  34: 'trunk-down', // no circuit: 503
  38: 'trunk-down', // network out of order: 500
  41: 'trunk-down', // temporary failure
  42: 'trunk-down', // congestion
  44: 'trunk-down',
  58: 'trunk-down', // bearer capability not available: no common codec, 488
  127: 'unreachable', // anything else, 505
}

/** Why nobody answered; a cause that says nothing about it stands for a party that cannot be reached. */
export const dialFailure = (cause: number): DialFailure => FAILURES[cause] ?? 'unreachable'
