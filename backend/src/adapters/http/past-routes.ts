import {
  ALL_QUEUES,
  atQuery,
  behindFileQuery,
  behindQuery,
  callId,
  dayListQuery,
  dayQuery,
  type BehindQuery,
  type QueueId,
} from '@tsunagu/contract'
import type * as z from 'zod'
import type { DayViews, Asked, AskedBehind } from '../../app/past/day-view.js'
import type { Past } from '../../app/past/past.js'
import type { Directory } from '../../app/ports.js'
import type { Sessions } from '../../app/sessions/sessions.js'
import { writeCsv } from '../../domain/books/csv.js'
import { behindLines } from '../../domain/past/behind-csv.js'
import {
  actLogSchema,
  alertHistorySchema,
  behindSchema,
  daySchema,
  pastBoardSchema,
  storySchema,
} from './past-schemas.js'
import { refuse, type Reply } from './reply.js'
import { withQuery, withRole, type Handle, type Route } from './route.js'
import { errorSchema } from './schemas.js'

export interface PastAnswers {
  past: Past
  days: DayViews
  directory: Pick<Directory, 'queues'>
  timeZone: string
}

const FORBIDDEN = { says: 'Neither a supervisor nor an administrator.', schema: errorSchema }
const CSV = 'text/csv; charset=utf-8'
const LONGEST_ID = 128

/** What was, for supervisors and administrators. */
export function pastRoutes(sessions: Sessions, answers: PastAnswers): Route[] {
  return [
    dayRoute(sessions, answers),
    behindRoute(sessions, answers),
    behindFileRoute(sessions, answers),
    atRoute(sessions, answers),
    storyRoute(sessions, answers),
    listRoute(sessions, answers, 'alerts'),
    listRoute(sessions, answers, 'acts'),
  ]
}

function dayRoute(sessions: Sessions, answers: PastAnswers): Route {
  return {
    method: 'get',
    path: '/api/monitor/day',
    summary: 'The figures of a day and of its half hours, of a queue or of all.',
    session: true,
    query: dayQuery,
    answers: { 200: { says: 'The day; `null`: nothing to divide by.', schema: daySchema }, 403: FORBIDDEN },
    handle: asking(sessions, dayQuery, async (query) => {
      const asked = await read(answers, query)
      return 'field' in asked ? refuse('bad-request', asked) : ok(await answers.days.view(asked))
    }),
  }
}

function behindRoute(sessions: Sessions, answers: PastAnswers): Route {
  return {
    method: 'get',
    path: '/api/monitor/behind',
    summary: 'The calls behind a figure of a day or a half hour, a page at a time.',
    session: true,
    query: behindQuery,
    answers: {
      200: { says: 'Up to 100 calls; `next` is the cursor of the next page.', schema: behindSchema },
      403: FORBIDDEN,
    },
    handle: asking(sessions, behindQuery, async (query) => {
      const asked = await readBehind(answers, query)
      if ('field' in asked) return refuse('bad-request', asked)
      return ok(await answers.days.behind(asked, Number(query.cursor ?? 0)))
    }),
  }
}

function behindFileRoute(sessions: Sessions, answers: PastAnswers): Route {
  return {
    method: 'get',
    path: '/api/monitor/behind.csv',
    summary: 'All calls behind a figure as a CSV file that spreadsheets open.',
    session: true,
    query: behindFileQuery,
    answers: { 200: { says: 'UTF-8 with a byte order mark.', type: 'text/csv' }, 403: FORBIDDEN },
    handle: asking(sessions, behindFileQuery, async (query) => {
      const asked = await readBehind(answers, query)
      if ('field' in asked) return refuse('bad-request', asked)
      const rows = await answers.days.allBehind(asked)
      const name = `calls-${asked.date}-${asked.figure}.csv`
      return {
        status: 200,
        body: writeCsv(behindLines(rows, query.language ?? 'ja', answers.timeZone)),
        headers: { 'Content-Type': CSV, 'Content-Disposition': `attachment; filename="${name}"` },
      }
    }),
  }
}

function atRoute(sessions: Sessions, { past }: PastAnswers): Route {
  return {
    method: 'get',
    path: '/api/monitor/at',
    summary: 'The board as it was at a moment of the last 30 days.',
    session: true,
    query: atQuery,
    answers: { 200: { says: 'Every table of the board.', schema: pastBoardSchema }, 403: FORBIDDEN },
    handle: asking(sessions, atQuery, async ({ time }) => {
      const board = await past.at(Number(time))
      return board ? ok(board) : refuse('bad-request', { field: 'time' })
    }),
  }
}

function storyRoute(sessions: Sessions, { past }: PastAnswers): Route {
  return {
    method: 'get',
    path: '/api/monitor/calls/:id',
    summary: 'Why a call waited as long as it did, who was considered for it, and what became of it.',
    session: true,
    answers: {
      200: { says: 'Its story, also while it goes on.', schema: storySchema },
      403: FORBIDDEN,
      404: { says: 'There is no such call.', schema: errorSchema },
    },
    handle: withRole(sessions, SUPERVISORS, async (ctx) => {
      const { id } = ctx['params'] as { id: string }
      const story = id.length > LONGEST_ID ? undefined : await past.story(callId(id))
      return story ? ok(story) : refuse('not-found')
    }),
  }
}

function listRoute(sessions: Sessions, { past }: PastAnswers, list: 'alerts' | 'acts'): Route {
  const alerts = list === 'alerts'
  return {
    method: 'get',
    path: `/api/monitor/${list}`,
    summary: alerts ? 'The alerts of a day, and who saw to them.' : 'The audit log of a day.',
    session: true,
    query: dayListQuery,
    answers: {
      200: {
        says: 'The latest 500, the latest first; `total` counts all.',
        schema: alerts ? alertHistorySchema : actLogSchema,
      },
      403: FORBIDDEN,
    },
    handle: asking(sessions, dayListQuery, async ({ date }) => {
      const found = past.dayOf(date)
      return found ? ok(await past[list](found.day)) : refuse('bad-request', { field: 'date' })
    }),
  }
}

const SUPERVISORS = ['supervisor', 'administrator'] as const

/** The role is looked at first: nobody else learns what a right question would be. */
function asking<T>(
  sessions: Sessions,
  schema: z.core.$ZodType<T>,
  answer: (query: T) => Promise<Reply>,
): Handle {
  return withRole(sessions, SUPERVISORS, (ctx) => withQuery(schema, (_, query) => answer(query))(ctx))
}

const ok = (body: object): Reply => ({ status: 200, body })

interface Wrong {
  field: string
}

async function read(
  { past, directory }: PastAnswers,
  { date, queue = ALL_QUEUES }: { date?: string | undefined; queue?: string | undefined },
): Promise<Asked | Wrong> {
  const found = past.dayOf(date)
  if (!found) return { field: 'date' }
  const known = queue === ALL_QUEUES || (await directory.queues()).some(({ id }) => id === queue)
  return known ? { ...found, queue: queue as QueueId | typeof ALL_QUEUES } : { field: 'queue' }
}

async function readBehind(
  answers: PastAnswers,
  query: Omit<BehindQuery, 'cursor'>,
): Promise<AskedBehind | Wrong> {
  const asked = await read(answers, query)
  if ('field' in asked) return asked
  const { figure, from } = query
  if (from === undefined) return { ...asked, figure }
  return answers.days.hasPart(asked.day, Number(from))
    ? { ...asked, figure, from: Number(from) }
    : { field: 'from' }
}
