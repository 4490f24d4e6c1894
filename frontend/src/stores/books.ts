import type { BookEntry, ImportProblem, PersonalBook } from '@tsunagu/contract'
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { isChanged, type BookDraft } from '../model/book-draft'

export type BookChoice = 'shared' | 'personal'

/** What became of a file that was read. */
export interface ImportReport {
  added: number
  /** In the book already. */
  known: number
  problems: ImportProblem[]
}

/** The phone books as the server last gave them, and the personal one while it is edited. Edits outlive their panel. */
export const useBookStore = defineStore('books', () => {
  const chosen = ref<BookChoice>('shared')
  const shared = ref<BookEntry[]>()
  const personal = ref<PersonalBook>()
  /** Could not be fetched. */
  const failed = ref(false)
  const draft = ref<BookDraft>()
  /** A save was tried: what is wrong is shown from then on. */
  const checked = ref(false)
  const busy = ref(false)
  const report = ref<ImportReport>()

  const unsaved = computed(() => draft.value !== undefined && isChanged(draft.value))

  function stopEditing(): void {
    draft.value = undefined
    checked.value = false
    report.value = undefined
  }

  function clear(): void {
    stopEditing()
    chosen.value = 'shared'
    shared.value = undefined
    personal.value = undefined
    failed.value = false
    busy.value = false
  }

  return { chosen, shared, personal, failed, draft, checked, busy, report, unsaved, stopEditing, clear }
})
