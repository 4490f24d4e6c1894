import { userId, type UserId } from '@tsunagu/contract'
import type { Directory } from '../ports.js'

/** The number at which somebody's phone rings. An operator's is his ID; a supervisor's is one of its own. */
export async function extensionOf(directory: Pick<Directory, 'user'>, id: UserId): Promise<string> {
  return (await directory.user(id))?.extension ?? id
}

/** Whose phone rings at a number. */
export async function ownerAt(directory: Pick<Directory, 'userAt'>, extension: string): Promise<UserId> {
  return (await directory.userAt(extension))?.id ?? userId(extension)
}
