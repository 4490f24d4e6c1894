import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { MessageKey, MessageParams } from '../i18n'

/** Words as their catalogue key, so that a change of language changes what already stands there. */
export interface Words {
  key: MessageKey
  params?: MessageParams
}

export interface Notice extends Words {
  id: number
}

/** What is said to a screen reader at one moment: a region that changed twice before it was rendered is read once. */
export interface Saying {
  id: number
  sentences: Words[]
}

export const URGENCIES = ['polite', 'alert'] as const
export type Urgency = (typeof URGENCIES)[number]

const MOST_AT_ONCE = 3

/** Short-lived messages: those on the screen, and the last one said to a screen reader at each urgency. */
export const useNoticeStore = defineStore('notices', () => {
  const notices = ref<Notice[]>([])
  const said = ref<Record<Urgency, Saying | undefined>>({ polite: undefined, alert: undefined })
  let lastId = 0

  /** All that is to be said at this moment: the next call takes its place. */
  function say(urgency: Urgency, ...sentences: Words[]): void {
    if (sentences.length === 0) return
    said.value = { ...said.value, [urgency]: { id: (lastId += 1), sentences } }
  }

  /** The same words are not stacked: the newer notice takes the place of the older. */
  function show(words: Words): number {
    const notice = { ...words, id: (lastId += 1) }
    const others = notices.value.filter(({ key }) => key !== words.key)
    notices.value = [...others, notice].slice(-MOST_AT_ONCE)
    say('alert', words)
    return notice.id
  }

  function dismiss(id: number): void {
    notices.value = notices.value.filter((notice) => notice.id !== id)
  }

  function clear(): void {
    notices.value = []
    said.value = { polite: undefined, alert: undefined }
  }

  return { notices, said, say, show, dismiss, clear }
})
