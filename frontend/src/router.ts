import {
  createRouter,
  createWebHistory,
  type RouteLocationNormalized,
  type RouteLocationRaw,
} from 'vue-router'
import { resumeSession } from './actions/session'
import { needWords } from './i18n'
import { homePath } from './model/home-path'
import LoginPage from './pages/LoginPage.vue'
import { useSessionStore } from './stores/session'

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', component: LoginPage, meta: { open: true } },
    { path: '/login', component: LoginPage, meta: { open: true } },
    { path: '/logged-out', component: () => import('./pages/LoggedOutPage.vue'), meta: { open: true } },
    { path: '/operator', component: () => import('./pages/OperatorPage.vue'), meta: { role: 'operator' } },
    {
      path: '/monitor',
      // His words come with it, so that they are there when it is shown.
      component: () => needWords('monitor').then(() => import('./pages/SupervisorPage.vue')),
      meta: { role: 'supervisor' },
      // All of these are one page with one phone: going from one to the other must not hang it up.
      children: [
        { path: '', component: () => import('./pages/MonitorPage.vue') },
        {
          path: 'today',
          component: () => needWords('past').then(() => import('./pages/TodayPage.vue')),
        },
        {
          path: 'past',
          component: () => needWords('past').then(() => import('./pages/PastPage.vue')),
        },
        { path: '/wallboard', component: () => import('./pages/WallboardPage.vue'), meta: { bare: true } },
      ],
    },
    { path: '/settings', component: () => import('./pages/PlainPage.vue'), meta: { role: 'administrator' } },
    { path: '/notices', component: () => import('./pages/NoticesPage.vue'), meta: { guide: true } },
    // Open, as it also says how to log in.
    {
      path: '/manual',
      component: () => import('./pages/ManualPage.vue'),
      meta: { guide: true, open: true },
    },
    { path: '/:rest(.*)', component: () => import('./pages/NotFoundPage.vue'), meta: { open: true } },
  ],
})

let asked = false

/** Every page but the open ones needs a session, and each role has its own page. */
router.beforeEach(async (to, from) => {
  const session = useSessionStore()
  // A reload, or a browser that was closed and opened, goes on where it was. After a logout the answer is known,
  // unless another tab has logged in again meanwhile.
  if ((!asked || from.path === '/logged-out') && to.path !== '/logged-out') asked = await resumeSession()
  return redirectFor(to, session)
})

function redirectFor(
  to: RouteLocationNormalized,
  session: ReturnType<typeof useSessionStore>,
): RouteLocationRaw | true {
  const { me, endedBecause } = session
  const home = me && homePath(me.role)
  if (to.path === '/') return home ?? '/login'
  if (to.path === '/login') return home ?? true
  if (to.meta['open']) return true
  if (!me) return endedBecause && endedBecause !== 'logged-out' ? '/logged-out' : '/login'
  // The guides are for every role.
  return to.meta['guide'] || to.meta['role'] === me.role ? true : homePath(me.role)
}
