import type { Books, Directory } from '../ports.js'

/** The directory, in which a reader's own book has the first word on a name. */
export function withOwnNames(directory: Directory, books: Pick<Books, 'personalName'>): Directory {
  return {
    user: (id) => directory.user(id),
    showsListeners: () => directory.showsListeners(),
    userAt: (extension) => directory.userAt(extension),
    queues: () => directory.queues(),
    works: () => directory.works(),
    dialRules: () => directory.dialRules(),
    nameOf: (number, reader) => {
      const own = reader && books.personalName(reader, number)
      return own === undefined ? directory.nameOf(number) : Promise.resolve(own)
    },
  }
}
