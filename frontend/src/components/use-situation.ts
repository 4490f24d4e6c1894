import { computed, type ComputedRef } from 'vue'
import type { PhoneSituation } from '../model/buttons'
import { useDeskStore } from '../stores/desk'
import { useOperatorStore } from '../stores/operator'

/** Everything that decides which buttons may be pressed, in one piece for the model. */
export function useSituation(): ComputedRef<PhoneSituation> {
  const operator = useOperatorStore()
  const desk = useDeskStore()
  return computed(() => ({
    view: operator.view,
    // A gap too short to be told of dims nothing: the press waits for the line.
    linkUp: operator.link === 'up' || operator.link === 'broken',
    tab: desk.tab,
  }))
}
