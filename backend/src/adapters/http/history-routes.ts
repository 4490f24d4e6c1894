import { historyQuery } from '@tsunagu/contract'
import { readHistory, type HistorySources } from '../../app/history/read-history.js'
import type { Sessions } from '../../app/sessions/sessions.js'
import { withQuery, withSession, type Route } from './route.js'
import { historySchema } from './schemas.js'

export function historyRoute(sessions: Sessions, sources: HistorySources): Route {
  return {
    method: 'get',
    path: '/api/history',
    summary: "The session's own calls, a page at a time.",
    session: true,
    query: historyQuery,
    answers: {
      200: { says: 'Up to 50 calls; `next` is the cursor of the next page.', schema: historySchema },
    },
    handle: withQuery(historyQuery, (ctx, query) =>
      withSession(sessions, async (_, { user }) => ({
        status: 200,
        body: await readHistory(sources, user.id, query),
      }))(ctx),
    ),
  }
}
