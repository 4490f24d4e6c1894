import { AriTimeout } from './classify.js'

/** The promise, or `AriTimeout` once it took too long; whatever it comes to afterwards is nobody's business any more. */
export async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new AriTimeout(`no answer within ${String(ms)} ms`)), ms)
  })
  try {
    return await Promise.race([promise, limit])
  } finally {
    clearTimeout(timer)
  }
}
