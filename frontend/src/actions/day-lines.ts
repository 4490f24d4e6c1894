import type { DayView } from '@tsunagu/contract'
import { request } from '../adapters/http'
import { useDayLineStore } from '../stores/day-lines'

/** A half hour's point moves slowly, ms. */
const EVERY_MS = 60_000

/** Keeps the tiles' lines fresh until it is stopped. Without an answer they stay as they are: the tiles themselves are live. */
export function followDayLines(): () => void {
  const fetchOnce = async (): Promise<void> => {
    const answer = await request<DayView>('GET', '/monitor/day')
    if (answer.ok) useDayLineStore().points = answer.body.points
  }
  void fetchOnce()
  const timer = setInterval(() => void fetchOnce(), EVERY_MS)
  return () => clearInterval(timer)
}
