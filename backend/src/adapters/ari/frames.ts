import * as z from 'zod'

/** What we read of Asterisk's answers and events. Everything else in them is ignored, so a newer Asterisk does no harm. */

export const channelFrame = z.object({
  id: z.string(),
  name: z.string().default(''),
  state: z.string(),
  caller: z.object({ number: z.string() }).default({ number: '' }),
  dialplan: z.object({ exten: z.string().default('') }).default({ exten: '' }),
  creationtime: z.string().default(''),
})
export type ChannelFrame = z.infer<typeof channelFrame>

export const bridgeFrame = z.object({ id: z.string(), channels: z.array(z.string()) })

export const applicationFrame = z.object({
  channel_ids: z.array(z.string()),
  bridge_ids: z.array(z.string()),
})

export const endpointFrame = z.object({ resource: z.string(), state: z.string().default('unknown') })

const stamp = { application: z.string().default(''), timestamp: z.string().default('') }

export const eventFrame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('StasisStart'), ...stamp, args: z.array(z.string()), channel: channelFrame }),
  z.object({ type: z.literal('StasisEnd'), ...stamp, channel: channelFrame }),
  z.object({ type: z.literal('ChannelStateChange'), ...stamp, channel: channelFrame }),
  z.object({
    type: z.literal('ChannelDestroyed'),
    ...stamp,
    channel: channelFrame,
    cause: z.number().default(0),
  }),
  z.object({ type: z.literal('EndpointStateChange'), ...stamp, endpoint: endpointFrame }),
])

/** Calls on one application, phones' registrations on the other: one application for both would tell everything twice. */
export const CALL_APP = 'tsunagu'
export const PRESENCE_APP = 'tsunagu-presence'
/** The dialplan's argument of a caller, and ours of an operator's leg. */
export const CALLER_ARG = 'inbound'
export const LEG_ARG = 'leg'
/** Ours for a channel that hears another one. */
export const SPY_ARG = 'spy'
/** Ours for an outside number that an operator dials. */
export const FAR_ARG = 'far'
