/** What the right half can show, in the order of its buttons. */
export const SIDE_TABS = ['status', 'books', 'history', 'outside'] as const
export type SideTab = (typeof SIDE_TABS)[number]
