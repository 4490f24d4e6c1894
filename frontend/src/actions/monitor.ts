import type { CallId, ChoiceFor, ListenMode, LogoutReason, QueueId, UserId } from '@tsunagu/contract'
import { inject, type InjectionKey } from 'vue'
import type { Asked, Link, Question } from '../adapters/socket'
import { text } from '../i18n'
import { monitorTitle } from '../model/board-words'
import { useBoardStore } from '../stores/board'
import { useNoticeStore } from '../stores/notices'
import { feedBoard } from './board-feed'
import { tellNews } from './board-news'
import { openDesk, type Desk } from './desk'

/** What a supervisor can ask about others. What became of it shows on the board; a refusal is shown in words. */
export interface Monitor {
  /** Into the operator's call with the supervisor's one leg; asked again, another mode or another operator. */
  listen: (operatorId: UserId, mode: ListenMode) => Promise<void>
  stopListening: () => Promise<void>
  takeOver: (operatorId: UserId) => Promise<void>
  choose: (operatorId: UserId, choice: ChoiceFor) => Promise<void>
  endWrapUp: (operatorId: UserId) => Promise<void>
  logOut: (operatorId: UserId, when: 'now' | 'after-call') => Promise<void>
  move: (callId: CallId, queueId: QueueId) => Promise<void>
  toFront: (callId: CallId) => Promise<void>
  take: (callId: CallId) => Promise<void>
  acknowledge: (operatorId: UserId) => Promise<void>
}

export const monitorKey: InjectionKey<Monitor> = Symbol('monitor')

export function useMonitor(): Monitor {
  const monitor = inject(monitorKey)
  if (!monitor) throw new Error('There is no monitor above this component.')
  return monitor
}

/** Sits a supervisor down: his own phone and the board, over one link. */
export function openMonitor(onEnded: (reason: LogoutReason | undefined) => void): {
  desk: Desk
  monitor: Monitor
  close: () => void
} {
  const board = useBoardStore()
  const news = tellNews()
  const feed = feedBoard({ askForWhole: () => void desk.ask('board:resync'), onTables: news.tell })
  const desk = openDesk(onEnded, { hears: feed.hears, title: () => monitorTitle(board.alerts, text) })
  return {
    desk,
    monitor: requests(desk.ask),
    close: () => {
      feed.close()
      news.close()
      desk.close()
    },
  }
}

function requests(link: Link['ask']): Monitor {
  const ask = async <E extends Asked>(event: E, ...question: Question<E>): Promise<void> => {
    const ack = await link(event, ...question)
    if (!ack.ok) useNoticeStore().show({ key: `refusal.${ack.code}` })
  }
  return {
    listen: (operatorId, mode) => ask('monitor:listen', { operatorId, mode }),
    stopListening: () => ask('monitor:stop'),
    takeOver: (operatorId) => ask('monitor:take-over', { operatorId }),
    choose: (operatorId, choice) => ask('monitor:choose', { operatorId, choice }),
    endWrapUp: (operatorId) => ask('monitor:end-wrap-up', { operatorId }),
    logOut: (operatorId, when) => ask('monitor:log-out', { operatorId, when }),
    move: (callId, queueId) => ask('monitor:move', { callId, queueId }),
    toFront: (callId) => ask('monitor:front', { callId }),
    take: (callId) => ask('monitor:take', { callId }),
    acknowledge: (operatorId) => ask('alert:acknowledge', { operatorId }),
  }
}
