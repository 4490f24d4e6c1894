import { resolve } from 'node:path'
import * as z from 'zod'

/** How single variables of the environment are read. Every reader gives `undefined` for what it cannot use. */

const HIGHEST_PORT = 65_535
/** A day: longer than any of the waits makes sense. */
const LONGEST_SECONDS = 86_400

/** A variable in text; without `fallback` it is required. `must` completes "NAME …". */
export function variable<T>(must: string, read: (text: string) => T | undefined, fallback?: T) {
  return z
    .string()
    .optional()
    .transform((text, context): T => {
      if (text === undefined && fallback !== undefined) return fallback
      const value = text === undefined ? undefined : read(text)
      if (value !== undefined) return value
      context.addIssue({ code: 'custom', message: text === undefined ? 'is missing' : must })
      return z.NEVER
    })
}

export const port = (fallback: number) =>
  variable(`must be a port from 1 to ${HIGHEST_PORT}`, (text) => whole(text, 1, HIGHEST_PORT), fallback)

/** Read in seconds, used in ms. */
export const seconds = (fallback: number) =>
  variable(
    `must be whole seconds from 1 to ${LONGEST_SECONDS}`,
    (text) => {
      const value = whole(text, 1, LONGEST_SECONDS)
      return value === undefined ? undefined : value * 1000
    },
    fallback * 1000,
  )

export const path = (text: string): string => resolve(text)

export function urlOf(...protocols: string[]): (text: string) => string | undefined {
  return (text) => (URL.canParse(text) && protocols.includes(new URL(text).protocol) ? text : undefined)
}

function whole(text: string, from: number, to: number): number | undefined {
  if (!/^\d{1,9}$/.test(text)) return undefined
  const value = Number(text)
  return value >= from && value <= to ? value : undefined
}
