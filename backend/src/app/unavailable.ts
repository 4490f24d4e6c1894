/** A part of the system cannot be reached at the moment: told as `unavailable`, and worth another try. */
export class Unavailable extends Error {
  override name = 'Unavailable'
}
