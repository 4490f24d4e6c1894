import type { ErrorCode, LogoutReason } from '@tsunagu/contract'
import { ERROR_MESSAGES } from '@tsunagu/contract'

export type Answer<T> = { ok: true; body: T } | { ok: false; code: ErrorCode; reason?: LogoutReason }

const TIME_LIMIT_MS = 10_000

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** One request to the API. A server that is away or silent answers like any other refusal. A file goes as it is. */
export async function request<T>(method: Method, path: string, body?: object): Promise<Answer<T>> {
  try {
    const response = await send(method, path, body)
    if (response.ok) return { ok: true, body: (await contentOf(response)) as T }
    return refusalFrom(await contentOf(response))
  } catch {
    return { ok: false, code: 'no-answer' }
  }
}

/** A file of the API. */
export async function requestFile(path: string): Promise<Answer<Blob>> {
  try {
    const response = await send('GET', path, undefined)
    return response.ok ? { ok: true, body: await response.blob() } : refusalFrom(await contentOf(response))
  } catch {
    return { ok: false, code: 'no-answer' }
  }
}

function send(method: Method, path: string, body: object | undefined): Promise<Response> {
  const file = body instanceof Blob
  return fetch(`/api${path}`, {
    method,
    // Another site cannot set this header without the server's leave: it keeps forged requests out.
    headers: {
      'X-Requested-With': 'tsunagu',
      ...(body && { 'Content-Type': file ? 'text/csv' : 'application/json' }),
    },
    ...(body && { body: file ? body : JSON.stringify(body) }),
    signal: AbortSignal.timeout(TIME_LIMIT_MS),
  })
}

/** Empty answers, and error pages of something between us and the server, count as no content. */
async function contentOf(response: Response): Promise<unknown> {
  const json = response.headers.get('content-type')?.includes('json')
  return json ? response.json() : undefined
}

function refusalFrom(body: unknown): Answer<never> {
  const { error, reason } = (body ?? {}) as { error?: { code?: string }; reason?: LogoutReason }
  const code = isErrorCode(error?.code) ? error.code : 'unavailable'
  return { ok: false, code, ...(reason && { reason }) }
}

const isErrorCode = (code: string | undefined): code is ErrorCode =>
  code !== undefined && Object.hasOwn(ERROR_MESSAGES, code)
