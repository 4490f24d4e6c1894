/** The process cannot start as it is asked to. The message is for the person who starts it, and needs no stack. */
export class StartError extends Error {
  override readonly name = 'StartError'
}
