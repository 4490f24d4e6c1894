import { normaliseNumber } from '@tsunagu/contract'
import type { Link } from '../adapters/socket'
import { useDeskStore } from '../stores/desk'
import { useNoticeStore } from '../stores/notices'
import type { PhoneLine } from './phone-line'

/** Dials a number; true when the server took it. */
export type Dial = (number: string) => Promise<boolean>

/**
 * To ask the server to call a number; with a call on hold, as the target of its transfer. A refusal is shown in words.
 * While one number is being asked for, another press is the same press: a double click dials once.
 */
export function dialler(link: Pick<Link, 'ask'>, line: Pick<PhoneLine, 'openMicrophone'>): Dial {
  let asking = false
  return async (number) => {
    if (asking) return false
    asking = true
    try {
      return await dial(link, line, number)
    } finally {
      asking = false
    }
  }
}

async function dial(
  link: Pick<Link, 'ask'>,
  line: Pick<PhoneLine, 'openMicrophone'>,
  number: string,
): Promise<boolean> {
  const notices = useNoticeStore()
  const read = normaliseNumber(number)
  if ('refused' in read) {
    notices.show({ key: `number.${read.refused}` })
    return false
  }
  // Nobody must be called by somebody who cannot speak to him.
  if (useDeskStore().tab === 'owner' && !(await line.openMicrophone())) {
    notices.show({ key: 'notice.dialNeedsMicrophone' })
    return false
  }
  const ack = await link.ask('call:dial', { number: read.number })
  if (!ack.ok) notices.show({ key: `refusal.${ack.code}` })
  return ack.ok
}
