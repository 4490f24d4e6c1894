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
  const { leg: _was, ...rest } = listening
  const next: Listening = { ...rest, ...heard, operator, mode, since: moves ? at : listening.since }
  // In the same call the old spy sounds until the new one does; nobody is to hear two calls at once.
  const spied = moves || heard.leg !== listening.leg ? respied(next, at) : replaced(next, at)
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
  const { spy, former, ...rest } = listening
  if (!spy || channel !== spy.id || spy.ready) return stale
  return {
    next: { ...rest, spy: { ...spy, ready: true } },
    effects: [
      { do: 'put', bridge: roomOf(listening), channel },
      ...(former === undefined ? [] : [hangUp(former)]),
    ],
  }
}

/** It ends with the leg that it hears: what became of that, the call tells. If nothing did, another spy is tried. */
function spyGone(
  listening: Listening,
  { channel, at }: ListeningEvent & { type: 'spy-gone' },
): ListeningStep {
  const { spy, former, ...rest } = listening
  if (channel === former) return { next: { ...rest, ...(spy ? { spy } : {}) }, effects: [] }
  if (!spy || channel !== spy.id) return stale
  const kept = former === undefined ? {} : { former }
  return { next: { ...rest, ...kept, againAt: at + AGAIN_MS }, effects: [] }
}

function heardNow(listening: Listening, event: ListeningEvent & { type: 'heard' }): ListeningStep {
  const { heard, at, operator, callId } = event
  if (operator !== listening.operator.id || callId !== listening.callId) return stale
  if (!heard) return over(listening)
  if (heard.leg === listening.leg) return stale
  const { leg: _was, ...rest } = listening
  return respied({ ...rest, ...heard }, at)
}

function deadline(listening: Listening, at: number): ListeningStep {
  const { ear, spy, againAt } = listening
  if (!ear.up) return at < ear.dueAt ? stale : over(listening)
  const late = spy && !spy.ready && at >= spy.dueAt
  const again = againAt !== undefined && at >= againAt
  return late || again ? replaced(listening, at) : stale
}

/** Another spy on the leg that is heard now, in place of all before. */
function respied(listening: Listening, at: number): ListeningMove & { next: Listening } {
  const { spy, former, againAt: _done, ...rest } = listening
  const before = [...(spy ? [spy.id] : []), ...(former === undefined ? [] : [former])]
  const spied = newSpy(rest, at)
  return { next: spied.next, effects: [...before.map(hangUp), ...spied.effects] }
}

/** Another spy on the same leg: the one that sounds stays until the new one does. */
function replaced(listening: Listening, at: number): ListeningMove & { next: Listening } {
  const { spy, former, againAt: _done, ...rest } = listening
  const sounding = spy?.ready ? spy.id : former
  const silent = [
    ...(spy && !spy.ready ? [spy.id] : []),
    ...(spy?.ready && former !== undefined ? [former] : []),
  ]
  const spied = newSpy({ ...rest, ...(sounding === undefined ? {} : { former: sounding }) }, at)
  return { next: spied.next, effects: [...silent.map(hangUp), ...spied.effects] }
}

function newSpy(listening: Listening, at: number): ListeningMove & { next: Listening } {
  const { id, leg, ear, mode } = listening
  if (!ear.up || leg === undefined) return { next: listening, effects: [] }
  const spies = listening.spies + 1
  const channel = `${id}:spy:${String(spies)}`
  return {
    next: { ...listening, spies, spy: { id: channel, ready: false, dueAt: at + SPY_MS } },
    effects: [{ do: 'spy', on: leg, channel, mode }],
  }
}
