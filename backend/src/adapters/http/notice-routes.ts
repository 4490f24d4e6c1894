import { noticeBody, noticesQuery, noticesReadBody, type UnreadView } from '@tsunagu/contract'
import { publishNotice, readNotices, type NoticeBoard } from '../../app/notices/notice-board.js'
import type { Log } from '../../app/ports.js'
import type { Sessions } from '../../app/sessions/sessions.js'
import { refuse } from './reply.js'
import { withBody, withQuery, withRole, withSession, type Route } from './route.js'
import { emptySchema, errorSchema, noticePageSchema, noticeSchema, unreadSchema } from './schemas.js'

/** The longest notice in the longest spelling. */
const LONGEST_BODY = '64kb'

/** No number of SQLite's is longer. */
const ID = /^[1-9]\d{0,14}$/

const IN_USE = { says: 'The database is in use; try again.', schema: errorSchema }
const NOT_YOURS = { says: 'Not an administrator, or not sent by our own page.', schema: errorSchema }

type Board = NoticeBoard & { log: Log }

/** Read by everybody who is logged in; written by administrators. */
export function noticeRoutes(sessions: Sessions, board: Board): Route[] {
  return [
    listRoute(sessions, board),
    unreadRoute(sessions, board),
    readRoute(sessions, board),
    publishRoute(sessions, board),
    removeRoute(sessions, board),
  ]
}

function listRoute(sessions: Sessions, board: Board): Route {
  return {
    method: 'get',
    path: '/api/notices',
    summary: 'The notices to everybody, a page at a time, the latest first.',
    session: true,
    query: noticesQuery,
    answers: {
      200: { says: 'Up to 20 notices; `next` is the cursor of the next page.', schema: noticePageSchema },
    },
    handle: withQuery(noticesQuery, (ctx, { cursor }) =>
      withSession(sessions, async (_, { user }) => ({
        status: 200,
        body: await readNotices(board, user.id, cursor),
      }))(ctx),
    ),
  }
}

function unreadRoute(sessions: Sessions, { notices }: Board): Route {
  return {
    method: 'get',
    path: '/api/notices/unread',
    summary: 'How many notices this user has not read.',
    session: true,
    answers: { 200: { says: 'Their number.', schema: unreadSchema } },
    handle: withSession(sessions, async (_, { user }) => {
      const body: UnreadView = { unread: await notices.countUnread(user.id) }
      return { status: 200, body }
    }),
  }
}

function readRoute(sessions: Sessions, { notices }: Board): Route {
  return {
    method: 'put',
    path: '/api/notices/read',
    summary: 'This user has read the notices published until then. What was read stays read.',
    session: true,
    body: noticesReadBody,
    answers: { 200: { says: 'Kept.', schema: emptySchema }, 503: IN_USE },
    handle: withBody(noticesReadBody, (ctx, { until }) =>
      withSession(sessions, async (_, { user }) => {
        await notices.markRead(user.id, until)
        return { status: 200, body: {} }
      })(ctx),
    ),
  }
}

function publishRoute(sessions: Sessions, board: Board): Route {
  return {
    method: 'post',
    path: '/api/notices',
    summary: 'Publishes a notice. For administrators.',
    session: true,
    body: noticeBody,
    longestBody: LONGEST_BODY,
    answers: { 201: { says: 'Published.', schema: noticeSchema }, 403: NOT_YOURS, 503: IN_USE },
    handle: withBody(noticeBody, (ctx, body) =>
      withRole(sessions, 'administrator', async (_, { user }) => {
        const notice = await publishNotice(board, user, body)
        board.log.info({ userId: user.id, notice: notice.id }, 'notice published')
        return { status: 201, body: notice }
      })(ctx),
    ),
  }
}

function removeRoute(sessions: Sessions, { notices, log }: Board): Route {
  return {
    method: 'delete',
    path: '/api/notices/:id',
    summary: 'Deletes a notice. For administrators.',
    session: true,
    answers: {
      200: { says: 'Deleted.', schema: emptySchema },
      403: NOT_YOURS,
      404: { says: 'There is no such notice.', schema: errorSchema },
      503: IN_USE,
    },
    handle: withRole(sessions, 'administrator', async (ctx, { user }) => {
      const id = (ctx['params'] as { id: string }).id
      if (!ID.test(id) || !(await notices.remove(Number(id)))) return refuse('not-found')
      log.info({ userId: user.id, notice: Number(id) }, 'notice deleted')
      return { status: 200, body: {} }
    }),
  }
}
