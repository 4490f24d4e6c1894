import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Context, Middleware } from 'koa'
import sirv from 'sirv'
import type { Log } from '../../app/ports.js'

/** Addresses that are the page's own business: all answered with the one page. */
export const PAGES = [
  '/',
  '/login',
  '/operator',
  '/monitor',
  '/monitor/today',
  '/monitor/past',
  '/wallboard',
  '/settings',
  '/logged-out',
  '/notices',
  '/manual',
]

const A_YEAR_SECONDS = 31_536_000

/** The built browser side. Vite puts a hash of the content into the names below /assets/: those never change. */
export function staticFiles(folder: string, log: Log): Middleware {
  const index = join(folder, 'index.html')
  if (!existsSync(index)) {
    log.warn({ folder }, 'the browser side is not built: no pages are served')
    return (_, next) => next()
  }
  const serve = sirv(folder, {
    etag: true,
    setHeaders: (res, path) => {
      const hashed = path.startsWith('/assets/')
      res.setHeader('Cache-Control', hashed ? `public, max-age=${A_YEAR_SECONDS}, immutable` : 'no-cache')
    },
  })
  return async (ctx, next) => {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return next()
    if (PAGES.includes(ctx.path)) return sendPage(ctx, index)
    if (await handOver(ctx, serve)) return
    await next()
    if (wantsPage(ctx)) sendPage(ctx, index, 404)
  }
}

/** A person at a wrong address gets the page, which says so; a script gets the JSON of the API. */
const wantsPage = (ctx: Context): boolean =>
  ctx.status === 404 && !ctx.path.startsWith('/api/') && ctx.get('accept').includes('text/html')

function sendPage(ctx: Context, index: string, status = 200): void {
  ctx.state['route'] = 'page'
  ctx.status = status
  ctx.type = 'html'
  ctx.set('Cache-Control', 'no-cache')
  ctx.body = createReadStream(index)
}

/** sirv writes to Node's response itself. `false`: it has no such file. */
function handOver(ctx: Context, serve: ReturnType<typeof sirv>): Promise<boolean> {
  // sirv answers an impossible range with a fault; nothing here is large enough to be asked for in parts.
  delete ctx.req.headers.range
  return new Promise((resolve) => {
    const served = (): void => resolve(true)
    ctx.res.once('close', served)
    serve(ctx.req, ctx.res, () => {
      ctx.res.off('close', served)
      resolve(false)
    })
  }).then((found) => {
    if (found) {
      ctx.respond = false
      ctx.state['route'] = 'file'
    }
    return found === true
  })
}
