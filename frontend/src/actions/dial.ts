import { normaliseNumber } from '@tsunagu/contract'
import type { Link } from '../adapters/socket'
import { useNoticeStore } from '../stores/notices'

/** Asks the server to call a number; with a call on hold, as the target of its transfer. A refusal is shown in words. */
export async function dial(link: Pick<Link, 'ask'>, number: string): Promise<void> {
  const notices = useNoticeStore()
  const read = normaliseNumber(number)
  if ('refused' in read) {
    notices.show({ key: `number.${read.refused}` })
    return
  }
  const ack = await link.ask('call:dial', { number: read.number })
  if (!ack.ok) notices.show({ key: `refusal.${ack.code}` })
}
