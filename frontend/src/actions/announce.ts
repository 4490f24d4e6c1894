import type { OperatorView } from '@tsunagu/contract'
import { listOf, text } from '../i18n'
import { announcementsFor, type Announcement } from '../model/announcements'
import { choiceWord, partyWord, statusWord } from '../model/words'
import { URGENCIES, useNoticeStore, type Words } from '../stores/notices'
import { useOperatorStore } from '../stores/operator'

/** Says what changed between two views, once. */
export function announceChanges(before: OperatorView | undefined, after: OperatorView): void {
  const notices = useNoticeStore()
  const announcements = announcementsFor(before, after, useOperatorStore().parking)
  for (const urgency of URGENCIES) {
    const together = announcements.filter((announcement) => announcement.urgency === urgency)
    notices.say(urgency, ...together.map(wordsFor))
  }
}

function wordsFor(announcement: Announcement): Words {
  switch (announcement.what) {
    case 'incoming':
      return incomingWords(announcement.call)
    case 'dialling':
    case 'handed':
      return { key: `announce.${announcement.what}`, params: { who: partyWord(announcement.call, text) } }
    case 'target': {
      const { target } = announcement
      return { key: `announceTarget.${target.phase}`, params: { who: partyWord(target, text) } }
    }
    case 'status':
      return { key: 'announce.status', params: { status: statusWord(announcement.status, text) } }
    case 'reason':
      return { key: `reason.${announcement.reason}` }
    case 'next':
      return { key: 'status.next', params: { status: choiceWord(announcement.next, text) } }
    case 'heard':
      return { key: 'status.heardBy', params: { names: listOf(announcement.names) } }
    case 'parked':
      return { key: 'announce.parked', params: { slot: String(announcement.slot) } }
    default:
      return { key: `announce.${announcement.what}` }
  }
}

function incomingWords(call: NonNullable<OperatorView['call']>): Words {
  const caller = partyWord(call, text)
  if (!call.internal) return { key: 'announce.incoming', params: { caller, queue: call.queue?.name ?? '' } }
  const { onBehalfOf } = call
  const asks = onBehalfOf ? text('phone.onBehalfOf', { who: partyWord(onBehalfOf, text) }) : ''
  return { key: 'announce.incomingInternal', params: { caller, asks } }
}
