import { MOST_ENTRIES, type ImportedBook, type PersonalBook, type PersonalBookBody } from '@tsunagu/contract'
import { saveFile } from '../adapters/files'
import { request, requestFile } from '../adapters/http'
import { text } from '../i18n'
import { draftOf, entriesToSave, firstProblem, mergeDraft, withImported } from '../model/book-draft'
import { useBookStore } from '../stores/books'
import { useNoticeStore } from '../stores/notices'
import { useSessionStore } from '../stores/session'

const PERSONAL = '/books/personal'

/** Fetches the chosen book anew; what is being edited stays as it is. */
export async function fetchBook(): Promise<void> {
  const store = useBookStore()
  const session = useSessionStore()
  const { chosen } = store
  const who = session.me?.id
  store.failed = false
  const answer = await request<PersonalBook>('GET', chosen === 'shared' ? '/books/shared' : PERSONAL)
  // It may belong to whoever sat here before.
  if (session.me?.id !== who) return
  if (!answer.ok) store.failed = chosen === store.chosen
  else if (chosen === 'personal') store.personal = answer.body
  else store.shared = answer.body.entries
}

/** 「編集する」 */
export function startEditing(): void {
  const store = useBookStore()
  if (store.personal && !store.draft) store.draft = draftOf(store.personal)
}

/** 「編集を終了する」: saves what was changed. `false`: something stands in the way, and it has been said what. */
export async function finishEditing(): Promise<boolean> {
  const store = useBookStore()
  const notices = useNoticeStore()
  if (!store.draft || store.busy) return false
  store.checked = true
  if (firstProblem(store.draft)) {
    // On the screen each field says it; the first of them gets the focus.
    notices.say('alert', { key: 'books.fixFirst' })
    return false
  }
  const entries = entriesToSave(store.draft)
  if (entries.length > MOST_ENTRIES) {
    notices.show({ key: 'books.tooMany', params: { most: String(MOST_ENTRIES) } })
    return false
  }
  if (!store.unsaved) {
    store.stopEditing()
    return true
  }
  return save({ version: store.draft.base.version, entries })
}

async function save(body: PersonalBookBody): Promise<boolean> {
  const store = useBookStore()
  const notices = useNoticeStore()
  store.busy = true
  const answer = await request<PersonalBook>('PUT', PERSONAL, body)
  store.busy = false
  if (answer.ok) {
    store.personal = answer.body
    store.stopEditing()
    notices.say('polite', { key: 'books.saved' })
    return true
  }
  if (answer.code === 'stale') await takeInOthers()
  else notices.show({ key: `refusal.${answer.code}` })
  return false
}

/** Another tab was faster: both changes are put together, and looked at once more before they are saved. */
async function takeInOthers(): Promise<void> {
  const store = useBookStore()
  const notices = useNoticeStore()
  const latest = await request<PersonalBook>('GET', PERSONAL)
  if (!latest.ok) {
    notices.show({ key: `refusal.${latest.code}` })
    return
  }
  store.personal = latest.body
  if (store.draft) store.draft = mergeDraft(store.draft, latest.body)
  notices.show({ key: 'books.changedElsewhere' })
}

/** 「CSV読込」: the file's entries become new rows, to be looked over before they are saved. */
export async function importFile(file: Blob): Promise<void> {
  const store = useBookStore()
  const notices = useNoticeStore()
  store.busy = true
  const answer = await request<ImportedBook>('POST', `${PERSONAL}/import`, file)
  store.busy = false
  if (!answer.ok) {
    notices.show({ key: answer.code === 'bad-request' ? 'books.notCsv' : `refusal.${answer.code}` })
    return
  }
  startEditing()
  if (!store.draft) return
  const { entries, problems } = answer.body
  const { draft, added } = withImported(store.draft, entries)
  store.draft = draft
  store.report = { added, known: entries.length - added, problems }
}

/** 「CSV書出」 */
export async function exportFile(): Promise<void> {
  const answer = await requestFile(`${PERSONAL}/export`)
  if (answer.ok) saveFile(answer.body, `${text('books.personal')}.csv`)
  else useNoticeStore().show({ key: `refusal.${answer.code}` })
}
