import { inject, provide, type InjectionKey } from 'vue'

type OpenStory = (call: string) => void

const storyKey: InjectionKey<OpenStory> = Symbol('story')

/** The components below can open the story of a call. */
export const showStories = (open: OpenStory): void => provide(storyKey, open)

/** Opens the story of a call; absent where the board is only looked at. */
export const useStory = (): OpenStory | undefined => inject(storyKey, undefined)
