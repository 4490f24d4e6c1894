/** Identifiers are strings on the wire and distinct types in the code, so that one cannot stand for another. */

declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

/** A caller's visit. Equal to the ID of the caller's own channel, so that the same channel always is the same call. */
export type CallId = Branded<'CallId'>
/** A person who logs in; an operator's ID is also his extension. */
export type UserId = Branded<'UserId'>
/** An operator's channel, `<call>:leg:<n>`. */
export type LegId = Branded<'LegId'>
/** A waiting line, e.g. `main`. */
export type QueueId = Branded<'QueueId'>
/** One loaded page: new after every reload, so that the server can tell a page that came back from one that stayed. */
export type PageId = Branded<'PageId'>

export const callId = (text: string): CallId => text as CallId
export const userId = (text: string): UserId => text as UserId
export const legId = (text: string): LegId => text as LegId
export const queueId = (text: string): QueueId => text as QueueId
export const pageId = (text: string): PageId => text as PageId
