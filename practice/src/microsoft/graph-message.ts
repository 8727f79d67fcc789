/**
 * A message, a folder and a user as Graph shows them, cut to `$select`. A name that the type does not have is refused, as
 * Graph refuses it. `Mail.ReadBasic` alone shows no contents.
 */
import { isoTime, readTime } from '../clock.ts'
import type { NamedAddress } from '../mime/addresses.ts'
import { describe } from '../mime/describe.ts'
import { decodeWords } from '../mime/encoded-words.ts'
import { headerValue, valueOf } from '../mime/headers.ts'
import { bodyText, parseParts, readableText, walk } from '../mime/parts.ts'
import type { Message } from '../store/mailboxes.ts'
import { accessDenied, badRequest } from './graph-errors.ts'
import { conversationIdOf, folderId, folderOf, messageIdOf } from './graph-ids.ts'

/** Properties of a message that are shown unless `$select` says otherwise. */
const USUAL_PROPERTIES = [
  'createdDateTime',
  'lastModifiedDateTime',
  'changeKey',
  'categories',
  'receivedDateTime',
  'sentDateTime',
  'hasAttachments',
  'internetMessageId',
  'subject',
  'bodyPreview',
  'importance',
  'parentFolderId',
  'conversationId',
  'conversationIndex',
  'isRead',
  'isDraft',
  'webLink',
  'inferenceClassification',
  'body',
  'sender',
  'from',
  'toRecipients',
  'ccRecipients',
  'bccRecipients',
  'replyTo',
  'flag',
] as const

export const MESSAGE_PROPERTIES: ReadonlySet<string> = new Set([
  'id',
  ...USUAL_PROPERTIES,
  'internetMessageHeaders',
  'uniqueBody',
])
const CONTENT = new Set(['body', 'bodyPreview', 'uniqueBody'])

/** How a caller wants messages shown. */
export interface Showing {
  readonly immutableIds: boolean
  /** Headers of what lies in Sent Items. */
  readonly ownHeaders: 'missing' | 'shown'
  readonly plainText: boolean
  readonly content: 'with content' | 'without content'
  /** Empty: the usual properties. */
  readonly selected: readonly string[]
  /** Ids of extended properties that were asked for. */
  readonly extended: readonly string[]
}

/** The MAPI properties that keep a message's identifiers, also where its headers are not to be had. */
const EXTENDED: ReadonlyMap<string, string> = new Map([
  ['String 0x1035', 'message-id'],
  ['String 0x1039', 'references'],
  ['String 0x1042', 'in-reply-to'],
])

/** `$expand=singleValueExtendedProperties($filter=id eq '…' or …)`, the only expansion spoken here. */
export function readExpand(query: URLSearchParams): readonly string[] {
  const text = (query.get('$expand') ?? '').trim()
  if (text === '') return []
  const filter = /^singleValueExtendedProperties\(\$filter=(.+)\)$/.exec(text)?.[1]
  const ids = filter
    ?.split(/\s+or\s+/)
    .map((part) => /^id eq '((?:[^']|'')+)'$/.exec(part.trim())?.[1]?.replaceAll("''", "'"))
  if (ids === undefined || ids.includes(undefined))
    throw badRequest('ErrorInvalidUrlQuery', `Unsupported $expand: ${text}`)
  return ids.filter((id) => id !== undefined)
}

/** `$select` as a list; Graph's 400 for a name that `type` does not have. */
export function readSelect(
  query: URLSearchParams,
  known: ReadonlySet<string>,
  type: string,
): readonly string[] {
  const names = (query.get('$select') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  const stranger = names.find((name) => !known.has(name))
  if (stranger !== undefined) {
    const message = `Parsing OData Select and Expand failed: Could not find a property named '${stranger}' on type 'microsoft.graph.${type}'.`
    throw badRequest('RequestBroker--ParseUri', message)
  }
  return names
}

export type Resource = Readonly<Record<string, unknown>>

/** `read` gives the bytes; it is called only when something of them is shown. */
export function messageResource(message: Message, read: () => Buffer, showing: Showing): Resource {
  const wanted = showing.selected.length === 0 ? USUAL_PROPERTIES : showing.selected
  const names = wanted.filter(
    (name) => name !== 'id' && !(showing.content === 'without content' && CONTENT.has(name)),
  )
  const properties = propertiesOf(message, read, showing)
  return {
    '@odata.etag': `W/"${changeKey(message)}"`,
    id: messageIdOf(message, showing.immutableIds),
    ...Object.fromEntries(
      names.flatMap((name) => {
        const value = properties[name]?.()
        return value === undefined ? [] : [[name, value] as const]
      }),
    ),
    ...extendedProperties(read, showing),
  }
}

/** Properties that the message does not have are left out; without any, so is the list. */
function extendedProperties(read: () => Buffer, { extended, content }: Showing): Resource {
  if (extended.length === 0) return {}
  if (content === 'without content') throw accessDenied()
  const { headers } = parseParts(read())
  const found = extended.flatMap((id) => {
    const value = headerValue(headers, EXTENDED.get(id) ?? '')
    return value === undefined ? [] : [{ id, value }]
  })
  return found.length === 0 ? {} : { singleValueExtendedProperties: found }
}

/** Seconds, as Exchange tells them. */
export function graphTime(ms: number): string {
  return `${isoTime(ms).slice(0, 19)}Z`
}

function propertiesOf(
  message: Message,
  read: () => Buffer,
  showing: Showing,
): Readonly<Record<string, () => unknown>> {
  const own = folderOf(message).name === 'sentitems'
  const people = (name: 'from' | 'to' | 'cc' | 'bcc' | 'replyTo'): readonly Resource[] =>
    describe(read())[name].map(recipient)
  const headers = (): ReturnType<typeof parseParts>['headers'] => parseParts(read()).headers
  return {
    createdDateTime: () => graphTime(message.internalDate),
    lastModifiedDateTime: () => graphTime(message.internalDate),
    changeKey: () => changeKey(message),
    categories: () => [],
    receivedDateTime: () => graphTime(message.internalDate),
    sentDateTime: () => graphTime(readTime(headerValue(headers(), 'date') ?? '') ?? message.internalDate),
    hasAttachments: () => [...walk(parseParts(read()))].some((part) => part.filename !== ''),
    internetMessageId: () => (message.messageKey === '' ? undefined : `<${message.messageKey}>`),
    subject: () => message.subject,
    bodyPreview: () => message.snippet,
    importance: () => 'normal',
    parentFolderId: () => folderId(message.account, folderOf(message)),
    conversationId: () => conversationIdOf(message.threadId),
    conversationIndex: () => Buffer.from(message.threadId).toString('base64'),
    isRead: () => !message.labels.includes('UNREAD'),
    isDraft: () => message.labels.includes('DRAFT'),
    webLink: () => `https://mail.invalid/${encodeURIComponent(messageIdOf(message, true))}`,
    inferenceClassification: () => 'focused',
    body: () => bodyOf(read(), showing.plainText),
    uniqueBody: () => bodyOf(read(), showing.plainText),
    sender: () => people('from')[0],
    from: () => people('from')[0],
    toRecipients: () => people('to'),
    ccRecipients: () => people('cc'),
    bccRecipients: () => (own ? people('bcc') : []),
    replyTo: () => people('replyTo'),
    flag: () => ({ flagStatus: 'notFlagged' }),
    // what was sent through the interface has no headers of the way
    internetMessageHeaders: () =>
      own && showing.ownHeaders === 'missing'
        ? undefined
        : headers().map((field) => ({ name: field.name, value: decodeWords(valueOf(field)) })),
  }
}

function recipient(named: NamedAddress): Resource {
  return { emailAddress: { name: named.name === '' ? named.address : named.name, address: named.address } }
}

function bodyOf(raw: Buffer, plainText: boolean): Resource {
  const root = parseParts(raw)
  const rich = bodyText(root, 'text/html')
  return rich === undefined || plainText
    ? { contentType: 'text', content: readableText(root) }
    : { contentType: 'html', content: rich }
}

export function changeKey(message: Message): string {
  return Buffer.from(`${message.account}/${message.historyId}`).toString('base64')
}
