/**
 * What the practice world's record says went out about which mail, laid beside what the table of traces promises: per
 * provider, what names a message and what stands in the headers of a thread. All else is beyond it. Whatever belongs to
 * an answer as a whole, and to no mail in it, is passed over.
 */
import type { CallRecord } from '../story/people.ts'
import type { Provider } from './plan.ts'

/** How deep somebody looked into a mail. */
export const depths = ['nothing', 'identifiers', 'thread_headers', 'content'] as const
export type Depth = (typeof depths)[number]

interface Traces {
  readonly envelope: RegExp
  readonly identifier: RegExp
  readonly threadHeader: RegExp
  readonly content: RegExp
}

const threadHeaders = 'message-id|in-reply-to|references|auto-submitted|content-type'

/** Graph gives each entity a version of its own (`@odata.etag`), which cannot be left out and tells nothing of it. */
const tracesOf: Readonly<Record<Provider, Traces>> = {
  gmail: {
    envelope: /^(?:historyId|nextPageToken|resultSizeEstimate|messages|history|error\b.*)$/,
    identifier: /^(?:(?:messages\[\]|history\[\]\.messagesAdded\[\]\.message)\.)?(?:id|threadId)$/,
    threadHeader: new RegExp(`^payload\\.headers\\[(?:${threadHeaders})\\]$`, 'i'),
    content: /raw|snippet|body|parts|payload/,
  },
  microsoft: {
    envelope: /^(?:(?:value\[\]\.)?@odata\.\w+|value|error\b.*)$/,
    identifier: /^(?:value\[\]\.)?(?:id|conversationId)$/,
    // PidTagInternetMessageId, PidTagInternetReferences, PidTagInReplyToId
    threadHeader: /^singleValueExtendedProperties\[String 0x(?:1035|1039|1042)\]$/i,
    content: /\$value|body|subject|from|sender|recipients|replyTo|headers|attachments/i,
  },
  imap: {
    envelope: /^$/,
    identifier: /^uid$/i,
    threadHeader: new RegExp(`^header\\[(?:${threadHeaders})\\]$`, 'i'),
    content: /body|header|envelope/,
  },
}

/** Of all foreign mails of a mailbox: how many were named, how many had headers read, what went beyond. */
export interface Told {
  readonly identifier: number
  readonly threadHeaders: number
  /** Mails of which content went out. */
  readonly contents: number
  /** Fields of mails that no promise names, each as often as it went out. */
  readonly beyond: readonly string[]
}

export function toldOf(provider: Provider, calls: readonly CallRecord[], foreign: ReadonlySet<string>): Told {
  const { envelope, identifier, threadHeader, content } = tracesOf[provider]
  const about = calls.flatMap(({ ids, fields, method }) => {
    const touched = ids.filter((id) => foreign.has(id))
    return touched.length === 0 ? [] : fields.map((field) => ({ touched, field, method }))
  })
  const mailsWith = (told: (field: string) => boolean): number =>
    new Set(about.filter(({ field }) => told(field)).flatMap(({ touched }) => touched)).size
  const known = [envelope, identifier, threadHeader]
  const beyond = about.filter(({ field }) => !known.some((one) => one.test(field)))
  return {
    identifier: mailsWith((field) => identifier.test(field)),
    threadHeaders: mailsWith((field) => threadHeader.test(field)),
    contents: mailsWith((field) => !known.some((one) => one.test(field)) && content.test(field)),
    beyond: beyond.map(({ method, field }) => `${method} ${field}`),
  }
}

/** How deep each mail was looked into; whatever goes beyond the headers of a thread counts as content. */
export function depthsIn(provider: Provider, calls: readonly CallRecord[]): ReadonlyMap<string, Depth> {
  const traces = tracesOf[provider]
  const depthOf = (field: string): Depth => {
    if (traces.envelope.test(field)) return 'nothing'
    if (traces.identifier.test(field)) return 'identifiers'
    return traces.threadHeader.test(field) ? 'thread_headers' : 'content'
  }
  const found = new Map<string, Depth>()
  for (const { ids, fields } of calls) {
    const depth = deepest(fields.map(depthOf))
    for (const id of ids) found.set(id, deepest([found.get(id) ?? 'nothing', depth]))
  }
  return found
}

export function deepest(list: readonly Depth[]): Depth {
  return depths.findLast((depth) => list.includes(depth)) ?? 'nothing'
}
