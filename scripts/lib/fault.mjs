// @ts-check
/** A failure that is told to a person: what failed, and what to do about it. It is printed without a stack. */
export class Fault extends Error {
  /** @param {string} what  @param {string} [advice]  @param {unknown} [cause] */
  constructor(what, advice = '', cause) {
    super(advice ? `${what}\n  ${advice}` : what, cause === undefined ? undefined : { cause })
    this.name = 'Fault'
  }
}

/**
 * Runs a command of ours; what it throws becomes words and a non-zero exit code.
 * @param {() => Promise<number | void>} command
 */
export async function runCommand(command) {
  try {
    process.exitCode = (await command()) ?? 0
  } catch (error) {
    console.error(error instanceof Fault ? `\n${error.message}` : error)
    process.exitCode = 1
  }
}

/** The system's word for a failure (`ENOENT`), if it has one. @param {unknown} error @returns {string | undefined} */
export function codeOf(error) {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}
