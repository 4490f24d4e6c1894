import type { PhoneView } from '@tsunagu/contract'
import type { Sessions } from '../../app/sessions/sessions.js'
import { refuse } from './reply.js'
import { withSession, type Route } from './route.js'
import { errorSchema, phoneSchema } from './schemas.js'

/** Never resolved: the phone reaches Asterisk through /sip. RFC 2606 keeps `.invalid` free for ever. */
const SIP_DOMAIN = 'tsunagu.invalid'

export function phoneRoute(sessions: Sessions): Route {
  return {
    method: 'get',
    path: '/api/phone',
    summary: "What the page needs to register the session's own phone.",
    session: true,
    answers: {
      200: { says: 'The registration, valid for this login.', schema: phoneSchema },
      403: { says: 'This user has no phone.', schema: errorSchema },
    },
    handle: withSession(sessions, async (_, { user, session }) => {
      if (user.extension === undefined) return refuse('forbidden')
      const view: PhoneView = {
        extension: user.extension,
        password: session.phoneSecret,
        domain: SIP_DOMAIN,
        legHeader: 'X-Tsunagu-Leg',
      }
      return { status: 200, body: view }
    }),
  }
}
