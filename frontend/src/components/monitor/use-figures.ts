import type { BoardCrossing, CallFigure } from '@tsunagu/contract'
import { computed, type ComputedRef } from 'vue'
import { text } from '../../i18n'
import { longestSince } from '../../model/board'
import { crossingLimit, crossingOf, percent, roundPercent, shortClock } from '../../model/board-words'
import { secondsSince } from '../../model/server-clock'
import { useShown, type Shown } from './use-shown'

/** One figure of the whole site, as a tile and the wallboard show it. */
export interface Figure {
  name: string
  label: string
  value: string
  /** What it is measured by, or what it is made of. */
  beside: string
  /** The calls behind it, where it is of a whole day. */
  calls?: CallFigure
  /** How it is computed, where that is not plain. */
  how?: string
  crossed: boolean
}

type Words = Omit<Figure, 'name' | 'crossed'> & { crossing?: BoardCrossing | undefined }

const limitOf = (crossing: BoardCrossing | undefined): string => {
  const limit = crossingLimit(crossing)
  return limit === undefined ? '' : text('figure.limit', { limit })
}

function waitingFigure({ board }: Shown): Words {
  const crossing = crossingOf(board.crossings, 'waiting')
  return {
    label: text('figure.waiting'),
    value: String(board.waiting.length),
    beside: limitOf(crossing),
    crossing,
  }
}

function longestFigure({ board, now }: Shown): Words {
  const since = longestSince(board.waiting)
  const crossing = crossingOf(board.crossings, 'longest-wait')
  return {
    label: text('figure.longest'),
    value: shortClock(since === undefined ? 0 : secondsSince(since, now())),
    beside: limitOf(crossing),
    crossing,
  }
}

function levelFigure({ board: { site, crossings } }: Shown): Words {
  const level = site?.serviceLevel
  const seconds = String((level?.withinMs ?? 0) / 1000)
  return {
    label: level ? text('figure.serviceLevel', { seconds }) : text('figure.serviceLevelPlain'),
    value: percent(site?.today.serviceLevel),
    beside: level ? text('figure.target', { target: roundPercent(level.target) }) : '',
    ...(level && { how: text(`formula.${level.formula}`) }),
    calls: 'serviceLevel',
    crossing: crossingOf(crossings, 'service-level'),
  }
}

function answerFigure({ board }: Shown): Words {
  const today = board.site?.today
  const counts = { answered: String(today?.answered ?? 0), offered: String(today?.offered ?? 0) }
  return {
    label: text('figure.answerRate'),
    calls: 'answerRate',
    value: percent(today?.answerRate),
    beside: text('figure.ofOffered', counts),
  }
}

function abandonFigure({ board }: Shown): Words {
  const today = board.site?.today
  return {
    label: text('figure.abandoned'),
    calls: 'abandoned',
    value: String(today?.abandoned ?? 0),
    beside: text('figure.short', { count: String(today?.shortAbandoned ?? 0) }),
  }
}

function staffFigure({ board }: Shown): Words {
  const { ready = 0, inCall = 0, wrapUp = 0, away = 0 } = board.site?.staff ?? {}
  return {
    label: text('figure.staff'),
    value: `${String(ready)} ／ ${String(inCall)} ／ ${String(wrapUp)}`,
    beside: text('figure.away', { count: String(away) }),
  }
}

const FIGURES = {
  waiting: waitingFigure,
  longest: longestFigure,
  serviceLevel: levelFigure,
  answerRate: answerFigure,
  abandoned: abandonFigure,
  staff: staffFigure,
}

/** The six figures of the whole site, in their order. */
export function useFigures(): ComputedRef<Figure[]> {
  // Each by itself: only the one that counts seconds is computed with the clock.
  const shown = useShown()
  const all = Object.entries(FIGURES).map(([name, figure]) => ({
    name,
    words: computed(() => figure(shown)),
  }))
  return computed(() =>
    all.map(({ name, words }) => {
      const { crossing, ...figure } = words.value
      return { name, ...figure, crossed: crossing !== undefined }
    }),
  )
}
