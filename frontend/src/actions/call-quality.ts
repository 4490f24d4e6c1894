import { watch } from 'vue'
import { onPageGone } from '../adapters/page-signs'
import type { Link } from '../adapters/socket'
import {
  NOTHING_MEASURED,
  scoreBetween,
  shownQuality,
  summaryOf,
  withScore,
  type LegStats,
} from '../model/call-quality'
import { phoneState } from '../model/phone-state'
import { useCallQualityStore } from '../stores/call-quality'
import { useDeskStore } from '../stores/desk'
import { useOperatorStore } from '../stores/operator'

const LOOK_EVERY_MS = 3_000
/** A page that crashes takes no more than this with it. */
const REPORT_EVERY_MS = 15_000

/**
 * Measures how the leg sounds while somebody is spoken to, shows it, and reports it: soon after the talk began, now and
 * then, and when the leg is over. Returns how to stop.
 */
export function watchCallQuality(
  link: Pick<Link, 'ask'>,
  stats: () => Promise<LegStats | undefined>,
): () => void {
  const operator = useOperatorStore()
  const desk = useDeskStore()
  const leg = (): string | undefined => (desk.tab === 'owner' ? operator.view?.leg : undefined)
  return watch(
    leg,
    (name, _before, onCleanup) => {
      if (name !== undefined) onCleanup(measureLeg(name, { link, stats }))
    },
    { immediate: true },
  )
}

interface Means {
  link: Pick<Link, 'ask'>
  stats: () => Promise<LegStats | undefined>
}

function measureLeg(leg: string, { link, stats }: Means): () => void {
  const operator = useOperatorStore()
  const store = useCallQualityStore()
  let measured = NOTHING_MEASURED
  let before: LegStats | undefined
  let over = false
  let reportedMs = -REPORT_EVERY_MS

  const report = (): void => {
    if (measured.samples === 0 || measured.measuredMs <= reportedMs) return
    reportedMs = measured.measuredMs
    void link.ask('call:quality', summaryOf(leg, measured))
  }
  const look = async (): Promise<void> => {
    // On hold and before the answer there is nothing to hear; what was counted then is no talk.
    const after = speaking(operator.view) ? await stats() : undefined
    if (over) return
    if (before && after) {
      const score = scoreBetween(before, after)
      if (score) measured = withScore(measured, score, after.at - before.at)
    }
    before = after
    store.shown = after && shownQuality(measured)
    if (measured.measuredMs >= reportedMs + REPORT_EVERY_MS) report()
  }
  const timer = setInterval(() => void look(), LOOK_EVERY_MS)
  const stopLast = onPageGone(report)
  return () => {
    over = true
    clearInterval(timer)
    stopLast()
    store.shown = undefined
    report()
  }
}

const speaking = (view: ReturnType<typeof useOperatorStore>['view']): boolean =>
  phoneState(view) === 'talking' && view?.call?.phase !== 'rejoining'
