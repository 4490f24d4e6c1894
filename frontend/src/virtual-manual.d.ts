/** Made of docs/manual when the page is built: scripts/lib/manual. */
declare module 'virtual:manual/*' {
  export const chapters: {
    /** Its name in the address. */
    slug: string
    title: string
    sections: { id: string; title: string }[]
    /** Our own, made when the page was built. */
    html: string
  }[]
}
