import {
  figureSettingsBody,
  thresholdsBody,
  type Role,
  type ThresholdsBody,
  type FigureSettingsBody,
} from '@tsunagu/contract'
import type { MonitorSettings } from '../../app/settings/monitor-settings.js'
import type { SettingName } from '../../app/settings/ports.js'
import type { User } from '../../app/ports.js'
import type { Sessions } from '../../app/sessions/sessions.js'
import { refuse, type Reply } from './reply.js'
import { withBody, withRole, type Route } from './route.js'
import { errorSchema, figureSettingsView, thresholdsView } from './schemas.js'

const WATCHERS: Role[] = ['supervisor', 'administrator']

/** A site of a hundred queues with limits of their own. */
const LONGEST_BODY = '256kb'

const REFUSALS = {
  403: {
    says: 'Neither a supervisor nor an administrator, or not sent by our own page.',
    schema: errorSchema,
  },
  409: { says: 'It was saved by somebody else since this version.', schema: errorSchema },
  503: { says: 'The database is in use; try again.', schema: errorSchema },
}

/** Read and written by supervisors and administrators; what is saved holds at once. */
export function monitorSettingsRoutes(sessions: Sessions, settings: MonitorSettings): Route[] {
  const thresholds = { name: 'thresholds', path: '/api/monitor/thresholds', view: thresholdsView } as const
  const figures = { name: 'figures', path: '/api/monitor/figures', view: figureSettingsView } as const
  const saveThresholds = (user: User, body: ThresholdsBody) => settings.save('thresholds', user, body)
  const saveFigures = (user: User, body: FigureSettingsBody) => settings.save('figures', user, body)
  return [
    readRoute(sessions, settings, thresholds),
    readRoute(sessions, settings, figures),
    {
      ...writing('Replaces the limits.', thresholds),
      body: thresholdsBody,
      handle: withBody(thresholdsBody, (ctx, body) =>
        withRole(sessions, WATCHERS, async (_, { user }) => answer(await saveThresholds(user, body)))(ctx),
      ),
    },
    {
      ...writing('Replaces the rules of the figures.', figures),
      body: figureSettingsBody,
      handle: withBody(figureSettingsBody, (ctx, body) =>
        withRole(sessions, WATCHERS, async (_, { user }) => answer(await saveFigures(user, body)))(ctx),
      ),
    },
  ]
}

interface About {
  name: SettingName
  path: string
  view: typeof thresholdsView | typeof figureSettingsView
}

const SAYS: Record<SettingName, string> = {
  thresholds: 'The limits that a supervisor is told of when they are crossed.',
  figures: 'How the figures are computed.',
}

function readRoute(sessions: Sessions, settings: MonitorSettings, { name, path, view }: About): Route {
  return {
    method: 'get',
    path,
    summary: SAYS[name],
    session: true,
    answers: { 200: { says: 'As they now are, with their version.', schema: view }, 403: REFUSALS[403] },
    handle: withRole(sessions, WATCHERS, async () => ({ status: 200, body: await settings.view(name) })),
  }
}

function writing(summary: string, { path, view }: About): Omit<Route, 'handle'> {
  return {
    method: 'put',
    path,
    summary: `${summary} They hold at once.`,
    session: true,
    longestBody: LONGEST_BODY,
    answers: { 200: { says: 'Saved; as they now are.', schema: view }, ...REFUSALS },
  }
}

function answer(saved: Awaited<ReturnType<MonitorSettings['save']>>): Reply {
  if (saved.ok) return { status: 200, body: saved.view }
  const { code, field } = saved
  return refuse(code, field === undefined ? {} : { field })
}
