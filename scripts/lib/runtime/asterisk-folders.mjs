// @ts-check
import { chmod, cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Files we have nothing to say in. Asterisk calls a missing one an error in its log, an empty one not. */
const UNUSED = [
  'acl',
  'ccss',
  'cel',
  'cli_aliases',
  'features',
  'manager',
  'pjproject',
  'stasis',
  'udptl',
  'websocket_client',
].map((name) => `${name}.conf`)

/**
 * Lays out one Asterisk's folders below `dir`: a copy of its plain configuration, what is particular to this installation in
 * `etc/local.d`, and a place for everything it writes.
 * @param {object} options
 * @param {string} options.dir
 * @param {string} options.source                        The plain configuration.
 * @param {Record<string, string>} options.local         The files of `local.d`.
 * @param {import('./programs.mjs').AsteriskProgram} options.program
 * @returns {Promise<{ command: string, args: string[] }>} how to run it
 */
export async function layOutAsterisk({ dir, source, local, program }) {
  const etc = join(dir, 'etc')
  await rm(etc, { recursive: true, force: true })
  for (const name of ['etc/local.d', 'lib', 'keys/keys', 'spool/recording', 'run', 'log'])
    await mkdir(join(dir, name), { recursive: true })
  // Passwords stand in there, calls are recorded there.
  await chmod(dir, 0o700)
  for (const name of UNUSED) await writeFile(join(etc, name), '')
  await cp(source, etc, { recursive: true })
  for (const [name, text] of Object.entries(local))
    await writeFile(join(etc, 'local.d', name), text, { mode: 0o600 })
  const main = join(etc, 'local.d/asterisk.conf')
  await writeFile(main, directories(dir, program))
  return { command: program.command, args: [...program.args, '-f', '-C', main] }
}

/** @param {string} dir @param {import('./programs.mjs').AsteriskProgram} program */
function directories(dir, { folders }) {
  return `[directories]
astetcdir => ${dir}/etc
astvarlibdir => ${dir}/lib
astdbdir => ${dir}/lib
astcachedir => ${dir}/lib
astkeydir => ${dir}/keys
astspooldir => ${dir}/spool
astrundir => ${dir}/run
astlogdir => ${dir}/log
${folders ? `astmoddir => ${folders.modules}\nastdatadir => ${folders.data}\nastagidir => ${folders.data}/agi-bin\n` : ''}
#include "${dir}/etc/asterisk.conf"
`
}
