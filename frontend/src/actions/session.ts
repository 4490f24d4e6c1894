import type { ErrorCode, LoginBody, LogoutReason, SessionView, VersionView } from '@tsunagu/contract'
import { request } from '../adapters/http'
import { useNoticeStore } from '../stores/notices'
import { useSessionStore } from '../stores/session'

/** Logs in; the refusal's code when it was refused. */
export async function logIn(body: LoginBody): Promise<ErrorCode | undefined> {
  const answer = await request<SessionView>('POST', '/login', body)
  if (!answer.ok) return answer.code
  useSessionStore().begin(answer.body)
  return undefined
}

/** Takes up the session that this browser still holds, if it holds one. False when the server could not be asked. */
export async function resumeSession(): Promise<boolean> {
  const session = useSessionStore()
  const answer = await request<SessionView>('GET', '/session')
  if (answer.ok) session.begin(answer.body)
  else session.end(answer.reason)
  return answer.ok || answer.code === 'not-logged-in'
}

/** Logs out. False, with the reason on the screen, when the server refused. */
export async function logOut(): Promise<boolean> {
  const session = useSessionStore()
  session.leaving = true
  const answer = await request('POST', '/logout')
  // Somebody who is logged out already has what he wanted.
  if (answer.ok || answer.code === 'not-logged-in') {
    session.end()
    return true
  }
  session.leaving = false
  useNoticeStore().show({ key: `refusal.${answer.code}` })
  return false
}

/** The server ended the session. Says where the page goes now. */
export function sessionEnded(reason: LogoutReason | undefined): '/login' | '/logged-out' {
  const session = useSessionStore()
  const asked = session.leaving
  session.end(reason)
  return asked ? '/login' : '/logged-out'
}

export async function fetchVersion(): Promise<string | undefined> {
  const answer = await request<VersionView>('GET', '/version')
  return answer.ok ? answer.body.version : undefined
}
