import { ref, type Ref } from 'vue'
import { dialGate } from '../model/buttons'
import { useNoticeStore } from '../stores/notices'
import { useSituation } from './use-situation'

/** Whom an operator is about to call from a list. */
export interface Callee {
  number: string
  name?: string | undefined
}

/** The one of a list about whom 「○○に発信しますか?」 is asked; where nobody can be called now, it says why instead. */
export function useCallee(): { callee: Ref<Callee | undefined>; ask: (who: Callee) => void } {
  const situation = useSituation()
  const notices = useNoticeStore()
  const callee = ref<Callee>()

  function ask(who: Callee): void {
    const gate = dialGate(situation.value, who.number)
    if (gate.open) callee.value = who
    else notices.show({ key: `dimmed.${gate.why}` })
  }

  return { callee, ask }
}
