import type { OperatorView } from '@tsunagu/contract'
import { text } from '../i18n'
import { announcementsFor, type Announcement } from '../model/announcements'
import { choiceWord, numberWord, statusWord } from '../model/words'
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
    case 'incoming': {
      const { call } = announcement
      const caller = [numberWord(call, text), call.name].filter(Boolean).join(' ')
      return { key: 'announce.incoming', params: { caller, queue: call.queue?.name ?? '' } }
    }
    case 'status':
      return { key: 'announce.status', params: { status: statusWord(announcement.status, text) } }
    case 'reason':
      return { key: `reason.${announcement.reason}` }
    case 'next':
      return { key: 'status.next', params: { status: choiceWord(announcement.next, text) } }
    case 'parked':
      return { key: 'announce.parked', params: { slot: String(announcement.slot) } }
    case 'alert-off':
    case 'talking':
    case 'resumed':
    case 'rejoined':
    case 'held':
    case 'call-over':
    case 'rejoining':
      return { key: `announce.${announcement.what}` }
  }
}
