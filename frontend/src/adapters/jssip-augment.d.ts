// What JsSIP 3.13 has and its hand-written types leave out.
import type { IncomingResponse } from 'jssip/lib/SIPMessage'

declare module 'jssip/lib/UA' {
  interface UA {
    sendOptions: (
      target: string,
      body: null,
      options: {
        eventHandlers: Record<'succeeded' | 'failed', (event: { response?: IncomingResponse | null }) => void>
      },
    ) => void
  }
}
