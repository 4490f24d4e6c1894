// @ts-check
import { once } from 'node:events'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { Fault } from '../fault.mjs'

const PHONE = fileURLToPath(new URL('page/classic-phone.js', import.meta.url))
const HTML = `<!doctype html><meta charset="utf-8"><title>classic</title>
<button hidden>通話</button><audio autoplay></audio><script src="/phone.js"></script>`

/** The page of the browser phone, on a port of its own. A page of localhost may use the microphone without TLS. */
export async function serveClassicPage() {
  const script = await bundle()
  const server = createServer(({ url }, answer) => {
    const [type, body] = url === '/phone.js' ? ['text/javascript', script] : ['text/html', HTML]
    answer.setHeader('content-type', `${type}; charset=utf-8`).end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  return { url: `http://localhost:${port}`, close }
}

async function bundle() {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      lib: { entry: PHONE, formats: ['iife'], name: 'classicPhone' },
    },
  })
  const [first] = [result].flat()
  const file = first && 'output' in first ? first.output[0] : undefined
  if (!file) throw new Fault('The page of the browser phone could not be built.')
  return file.code
}
