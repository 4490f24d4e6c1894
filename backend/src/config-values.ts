import { resolve } from 'node:path'
import * as z from 'zod'

/** How single variables of the environment are read. Every reader gives `undefined` for what it cannot use. */

export interface PortRange {
  from: number
  to: number
}

export interface Address {
  host: string
  port: number
}

const HIGHEST_PORT = 65_535
/** An hour: longer than any of the waits makes sense. */
const LONGEST_SECONDS = 3_600

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

export function portRange(text: string): PortRange | undefined {
  const [, first, last] = /^(\d+)-(\d+)$/.exec(text) ?? []
  const from = whole(first, 1, HIGHEST_PORT)
  const to = whole(last, 1, HIGHEST_PORT)
  return from === undefined || to === undefined || from > to ? undefined : { from, to }
}

export function urlOf(...protocols: string[]): (text: string) => string | undefined {
  return (text) => (URL.canParse(text) && protocols.includes(new URL(text).protocol) ? text : undefined)
}

/** The pretend carrier, or the address of a real trunk. */
export function trunk(text: string): 'demo' | Address | undefined {
  if (text === 'demo') return text
  const [, host, last] = /^([A-Za-z0-9.-]+):(\d+)$/.exec(text) ?? []
  const number = whole(last, 1, HIGHEST_PORT)
  return host === undefined || number === undefined ? undefined : { host, port: number }
}

function whole(text: string | undefined, from: number, to: number): number | undefined {
  if (text === undefined || !/^\d{1,9}$/.test(text)) return undefined
  const value = Number(text)
  return value >= from && value <= to ? value : undefined
}
