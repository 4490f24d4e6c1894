// @ts-check
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { startPart } from './part.mjs'

/**
 * A Valkey of our own on loopback, which keeps what it holds: at most a second is lost with the machine.
 * @param {{ runtime: import('./install.mjs').Runtime, dir: string, port: number, log: import('./install.mjs').Log }} options
 */
export async function startValkey({ runtime, dir, port, log }) {
  await mkdir(dir, { recursive: true })
  // It holds sessions and the phones' secrets: nobody else on the machine may read its files.
  await chmod(dir, 0o700)
  const config = join(dir, 'valkey.conf')
  await writeFile(config, configuration(dir, port))
  const { command, args } = runtime.valkey
  log(`Valkey starts on 127.0.0.1:${port}`)
  return startPart({
    name: 'valkey',
    dir,
    command,
    args: [...args, config],
    whyNotReady: () => whyNoPong(port),
  })
}

/** @param {string} dir @param {number} port */
function configuration(dir, port) {
  return `bind 127.0.0.1
port ${port}
dir "${dir}"
logfile "${join(dir, 'valkey.log')}"
daemonize no
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
# The process list keeps showing the path of this file, by which a leftover is recognised as ours.
set-proc-title no
`
}

/** @param {number} port @returns {Promise<string>} */
function whyNoPong(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'))
    socket.setTimeout(1000, () => socket.destroy(new Error('no answer to PING')))
    socket.once('error', (error) => resolve(error.message))
    socket.once('data', (answer) => {
      resolve(answer.toString().startsWith('+PONG') ? '' : answer.toString().trim())
      socket.destroy()
    })
  })
}
