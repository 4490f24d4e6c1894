import { watch } from 'vue'
import { ANNOUNCEMENT_PATIENCE_MS, judgeLeg } from '../model/leg-gate'
import { useOperatorStore } from '../stores/operator'

/** Whether the server announces this leg, now or in a moment. */
export async function legAnnounced(leg: string | undefined): Promise<boolean> {
  const operator = useOperatorStore()
  const verdict = judgeLeg(leg, operator.view?.leg)
  if (verdict !== 'wait') return verdict === 'accept'
  return new Promise((resolve) => {
    const settle = (announced: boolean): void => {
      stop()
      clearTimeout(timer)
      resolve(announced)
    }
    const timer = setTimeout(() => settle(false), ANNOUNCEMENT_PATIENCE_MS)
    const stop = watch(
      () => operator.view?.leg,
      (announced) => {
        if (judgeLeg(leg, announced) === 'accept') settle(true)
      },
      { flush: 'sync' },
    )
  })
}
