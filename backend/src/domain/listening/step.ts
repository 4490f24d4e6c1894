import type { LegId, ListenMode, PageId } from '@tsunagu/contract'
import {
  channelsOf,
  roomOf,
  type Heard,
  type Listening,
  type ListeningAct,
  type ListeningEffect,
  type ListeningEvent,
  type ListeningMove,
  type ListeningStep,
} from './listening.js'

/** A spy is there within milliseconds; one that is not by then, ms, was lost on the way. */
const SPY_MS = 3_000
/** Between two attempts at a leg that is there and cannot be heard, ms. */
const AGAIN_MS = 1_000

const stale = { refused: 'stale' } as const

export interface Wish {
  id: string
  at: number
  page: PageId
  mode: ListenMode
  operator: Listening['operator']
  heard: Heard
}

/** Pure: the supervisor's leg first; once it is up, the spy. `legMs`: how long his page may take for its leg. */
export function begin({ id, at, page, mode, operator, heard }: Wish, legMs: number): ListeningMove {
  const leg = `${id}:ear:1` as LegId
  const ear = { id: leg, up: false, page, dueAt: at + legMs }
  const next: Listening = { id, operator, ...heard, mode, since: at, ear, spies: 0 }
  return { next, effects: [{ do: 'call-ear', leg }, note(next, mode)] }
}

/** Pure: the same listening and event always give the same step. Late events are refused. */
export function step(listening: Listening, event: ListeningEvent): ListeningStep {
  switch (event.type) {
    case 'switch':
      return switched(listening, event)
    case 'ear-up':
      return earUp(listening, event)
    case 'ear-gone':
      return event.channel === listening.ear.id ? over(listening) : stale
    case 'spy-ready':
      return spyReady(listening, event.channel)
    case 'spy-gone':
      return spyGone(listening, event)
    case 'heard':
      return heardNow(listening, event)
    case 'phone':
      // Without the page that holds its sound the leg is nobody's.
      return event.page === listening.ear.page ? stale : over(listening)
    case 'stop':
      return over(listening)
    case 'deadline':
      return deadline(listening, event.at)
  }
}

/** The spy first: from now on nobody hears the supervisor. */
function over(listening: Listening): ListeningMove {
  const { ear } = listening
  const channels = [...channelsOf(listening).filter((channel) => channel !== ear.id), ear.id]
  return {
    next: undefined,
    effects: [
      ...channels.map(hangUp),
      { do: 'destroy-room', bridge: roomOf(listening) },
      note(listening, 'stop-listening'),
    ],
  }
}

const note = ({ operator, callId }: Listening, act: ListeningAct): ListeningEffect => ({
  do: 'note',
  act,
  operator: operator.id,
  callId,
})

const hangUp = (channel: string): ListeningEffect => ({ do: 'hang-up', channel })

function switched(listening: Listening, event: ListeningEvent & { type: 'switch' }): ListeningStep {
  const { operator, mode, heard, at } = event
  const moves = operator.id !== listening.operator.id || heard.callId !== listening.callId
  if (!moves && mode === listening.mode) return stale
  const next = { ...heardAt(listening, heard), operator, mode, since: moves ? at : listening.since }
  const spied = respied(next, at)
  const left = moves ? [note(listening, 'stop-listening')] : []
  return { next: spied.next, effects: [...spied.effects, ...left, note(next, mode)] }
}

function earUp(listening: Listening, { channel, at }: ListeningEvent & { type: 'ear-up' }): ListeningStep {
  const { ear } = listening
  if (channel !== ear.id || ear.up) return stale
  const bridge = roomOf(listening)
  const spied = respied({ ...listening, ear: { ...ear, up: true } }, at)
  return {
    next: spied.next,
    effects: [{ do: 'make-room', bridge }, { do: 'put', bridge, channel }, ...spied.effects],
  }
}

function spyReady(listening: Listening, channel: string): ListeningStep {
  const { spy } = listening
  if (!spy || channel !== spy.id || spy.ready) return stale
  return {
    next: { ...listening, spy: { ...spy, ready: true } },
    effects: [{ do: 'put', bridge: roomOf(listening), channel }],
  }
}

/** It ends with the leg that it hears: what became of that, the call tells. If nothing did, another spy is tried. */
function spyGone(
  listening: Listening,
  { channel, at }: ListeningEvent & { type: 'spy-gone' },
): ListeningStep {
  const { spy, former, ...rest } = listening
  if (channel === former) return spy ? { next: { ...rest, spy }, effects: [] } : newSpy(rest, at)
  if (!spy || channel !== spy.id) return stale
  return { next: { ...rest, againAt: at + AGAIN_MS }, effects: [] }
}

function heardNow(listening: Listening, event: ListeningEvent & { type: 'heard' }): ListeningStep {
  const { heard, at, operator, callId } = event
  if (operator !== listening.operator.id || callId !== listening.callId) return stale
  if (!heard) return over(listening)
  if (heard.leg === listening.leg && heard.with === listening.with) return stale
  return respied(heardAt(listening, heard), at)
}

function heardAt(listening: Listening, heard: Heard): Listening {
  const { leg: _leg, with: _with, ...rest } = listening
  return { ...rest, ...heard }
}

function deadline(listening: Listening, at: number): ListeningStep {
  const { ear, spy, former, againAt } = listening
  if (!ear.up) return at < ear.dueAt ? stale : over(listening)
  const late = spy && !spy.ready && at >= spy.dueAt
  if (late) return respied(listening, at)
  if (againAt === undefined || at < againAt) return stale
  const { next, effects } = newSpy(listening, at)
  // Its end was not told, or it did not hear that it should go: it must not speak beside the new one.
  return { next, effects: [...(former === undefined ? [] : [hangUp(former)]), ...effects] }
}

/** Another spy on the leg that is heard now, as soon as the one before is gone. */
function respied(listening: Listening, at: number): ListeningMove & { next: Listening } {
  const { spy, former, ...rest } = listening
  const before = spy?.id ?? former
  if (before === undefined) return newSpy(rest, at)
  const stubborn = spy && former !== undefined ? [hangUp(former)] : []
  return {
    next: { ...rest, former: before, againAt: at + AGAIN_MS },
    effects: spy ? [...stubborn, hangUp(before)] : [],
  }
}

function newSpy(listening: Listening, at: number): ListeningMove & { next: Listening } {
  const { againAt: _done, ...rest } = listening
  const { id, leg, ear, mode } = rest
  if (!ear.up || leg === undefined) return { next: rest, effects: [] }
  const spies = rest.spies + 1
  const channel = `${id}:spy:${String(spies)}`
  return {
    next: { ...rest, spies, spy: { id: channel, ready: false, dueAt: at + SPY_MS } },
    effects: [{ do: 'spy', on: leg, channel, mode }],
  }
}
