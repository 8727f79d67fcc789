/**
 * Gmail's words ↔ ours: what its answers look like (the shapes of gmail.v1, only the fields we ask for), its header list as
 * thread headers, its history ids as opaque cursors.
 */
import { z } from 'zod'
import type { Change, Identity, ThreadHeaders } from '../../mailboxes/provider.ts'

export const Profile = z.object({ historyId: z.string() })
export const SentAnswer = z.object({ id: z.string().optional(), threadId: z.string().optional() })
const Listed = z.object({
  id: z.string(),
  threadId: z.string().optional(),
})
export const History = z.object({
  history: z
    .array(z.object({ messagesAdded: z.array(z.object({ message: Listed })).default([]) }))
    .default([]),
  historyId: z.string(),
  nextPageToken: z.string().optional(),
})
export const MessageList = z.object({
  messages: z.array(Listed).default([]),
  nextPageToken: z.string().optional(),
})
export const HeaderAnswer = z.object({
  payload: z
    .object({ headers: z.array(z.object({ name: z.string(), value: z.string() })).default([]) })
    .default({ headers: [] }),
})
export const RawAnswer = z.object({
  raw: z.string(),
  threadId: z.string().optional(),
  internalDate: z.string().regex(/^\d+$/),
  labelIds: z.array(z.string()).default([]),
})
export const SendAsList = z.object({
  sendAs: z
    .array(
      z.object({
        sendAsEmail: z.string(),
        displayName: z.string().default(''),
        signature: z.string().default(''),
        isPrimary: z.boolean().default(false),
        verificationStatus: z.string().optional(),
      }),
    )
    .default([]),
})
export const Userinfo = z.object({ sub: z.string(), email: z.string(), name: z.string().default('') })
export const WatchAnswer = z.object({ expiration: z.string().regex(/^\d+$/) })
export const Anything = z.unknown()

/** What was added, in order, once each. */
export function addedIn(history: z.infer<typeof History>): readonly z.infer<typeof Listed>[] {
  const added = history.history.flatMap((entry) => entry.messagesAdded.map(({ message }) => message))
  return [...new Map(added.map((message) => [message.id, message])).values()]
}

/** One listed message as a change. */
export function changeOf(message: { id: string; threadId?: string | undefined }, own: boolean): Change {
  return {
    providerMessageId: message.id,
    ...(message.threadId === undefined ? {} : { providerThreadId: message.threadId }),
    own,
  }
}

/** The headers of a match, and the only ones that are ever asked for without a match. */
export const threadHeaderNames = ['Message-ID', 'In-Reply-To', 'References'] as const

/** The first of each header, whatever its case: Gmail gives the case in which the sender wrote it. */
export function threadHeadersIn(answer: z.infer<typeof HeaderAnswer>): ThreadHeaders {
  const byName = new Map<string, string>()
  for (const { name, value } of answer.payload.headers) {
    if (!byName.has(name.toLowerCase())) byName.set(name.toLowerCase(), value)
  }
  const named = (key: string, name: string) => {
    const value = byName.get(name)
    return value === undefined ? {} : { [key]: value }
  }
  return {
    ...named('messageId', 'message-id'),
    ...named('inReplyTo', 'in-reply-to'),
    ...named('references', 'references'),
  }
}

/** Identities that may be used: the primary one and those whose owner confirmed them. */
export function identitiesIn(list: z.infer<typeof SendAsList>): readonly Identity[] {
  return list.sendAs
    .filter((entry) => entry.isPrimary || entry.verificationStatus === 'accepted')
    .map((entry) => ({
      address: entry.sendAsEmail,
      name: entry.displayName,
      primary: entry.isPrimary,
      ...(entry.signature === '' ? {} : { signatureHtml: entry.signature }),
    }))
}

/** A place in the history: after which id, and on which page of what follows. */
export interface Place {
  readonly start: string
  readonly page?: string
}

/** `historyId`, or `historyId:pageToken` in the middle of a longer answer. */
export function cursorOf(place: Place): string {
  return place.page === undefined ? place.start : `${place.start}:${place.page}`
}

/** Undefined when the text is no cursor of ours. */
export function placeOf(cursor: string): Place | undefined {
  const [, start, page] = /^(\d+)(?::(.+))?$/.exec(cursor) ?? []
  if (start === undefined) return undefined
  return page === undefined ? { start } : { start, page }
}
