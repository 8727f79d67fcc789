/** Reading a mailbox: profile, messages, threads, attachments, labels, history. */
import type { Clock } from '../clock.ts'
import type { Faults } from '../faults.ts'
import { parseParts, walk } from '../mime/parts.ts'
import { type Account, accountAt } from '../store/accounts.ts'
import {
  type Message,
  findMessages,
  folderCounts,
  historyIn,
  historyFloor,
  messageAt,
  rawOf,
  threadMessages,
} from '../store/mailboxes.ts'
import type { Store } from '../store/store.ts'
import { unseenHistory } from '../store/unseen.ts'
import { type GmailCall, type GmailReply, pageSize } from './gmail-call.ts'
import { badRequest, forbidden, notFound } from './gmail-errors.ts'
import { type Format, attachmentId, isFormat, messageResource } from './gmail-message.ts'
import { parseSearch } from './gmail-search.ts'
import { GMAIL } from './scopes.ts'

const DAY_MS = 86_400_000

export interface HistoryParts {
  readonly store: Store
  readonly clock: Clock
  readonly faults: Faults
}

export function getProfile(store: Store, clock: Clock, call: GmailCall): GmailReply {
  const all = folderCounts(store, call.account.key, '')
  const account = accountAt(store, call.account.key) ?? call.account
  const body = {
    emailAddress: account.address,
    messagesTotal: all.messages,
    threadsTotal: all.threads,
    historyId: String(seenHistoryId(store, clock, account)),
  }
  return { body }
}

/** The newest history that may be told: what is not seen yet, and all after it, is not. */
export function seenHistoryId(
  store: Store,
  clock: Clock,
  account: Pick<Account, 'key' | 'historyId'>,
): number {
  const [first] = unseenHistory(store, account.key, clock.now())
  return first === undefined ? account.historyId : first.historyId - 1
}

export function getMessage(store: Store, call: GmailCall): GmailReply {
  const format = wantedFormat(call)
  const message = messageAt(store, call.account.key, call.id)
  const raw = rawOf(store, call.account.key, call.id)
  if (message === undefined || raw === undefined) throw notFound()
  const body = messageResource(message, raw, format, call.query.getAll('metadataHeaders'))
  return { body, ids: [message.id], threadIds: [message.threadId], format }
}

/** The format asked for. A grant that holds gmail.metadata may not read contents, even beside a wider scope. */
function wantedFormat(call: GmailCall): Format {
  const format = (call.query.get('format') ?? 'full').toLowerCase()
  if (!isFormat(format)) throw badRequest(`Invalid value at 'format': "${format}"`)
  if (call.scopes.includes(GMAIL.metadata) && (format === 'full' || format === 'raw')) {
    throw forbidden(`Metadata scope doesn't allow format ${format.toUpperCase()}`)
  }
  return format
}

export function listMessages(store: Store, clock: Clock, call: GmailCall): GmailReply {
  const found = search(store, clock, call)
  return {
    body: {
      ...(found.messages.length === 0
        ? {}
        : { messages: found.messages.map(({ id, threadId }) => ({ id, threadId })) }),
      ...(found.nextPageToken === undefined ? {} : { nextPageToken: found.nextPageToken }),
      resultSizeEstimate: found.messages.length,
    },
    ids: found.messages.map((message) => message.id),
    threadIds: [...new Set(found.messages.map((message) => message.threadId))],
  }
}

export function listThreads(store: Store, clock: Clock, call: GmailCall): GmailReply {
  const found = search(store, clock, call)
  const newest = new Map(found.messages.toReversed().map((message) => [message.threadId, message]))
  const threads = [...newest.values()].toReversed()
  return {
    body: {
      ...(threads.length === 0
        ? {}
        : {
            threads: threads.map((each) => ({
              id: each.threadId,
              snippet: each.snippet,
              historyId: String(each.historyId),
            })),
          }),
      ...(found.nextPageToken === undefined ? {} : { nextPageToken: found.nextPageToken }),
      resultSizeEstimate: threads.length,
    },
    ids: found.messages.map((message) => message.id),
    threadIds: threads.map((each) => each.threadId),
  }
}

interface Found {
  readonly messages: readonly Message[]
  readonly nextPageToken: string | undefined
}

function search(store: Store, clock: Clock, call: GmailCall): Found {
  const q = call.query.get('q') ?? ''
  if (q !== '' && call.scopes.includes(GMAIL.metadata))
    throw forbidden("Metadata scope does not support 'q' parameter")
  const parsed = parseSearch(q, clock.now())
  const labels = [...parsed.labels, ...call.query.getAll('labelIds')]
  const everywhere =
    call.query.get('includeSpamTrash') === 'true' ||
    parsed.namesFolder ||
    labels.includes('SPAM') ||
    labels.includes('TRASH')
  const offset = readPageToken(call.query)
  const limit = pageSize(call.query, 100, 500)
  const { namesFolder: _named, ...criteria } = parsed
  const messages = findMessages(store, {
    ...criteria,
    account: call.account.key,
    labels,
    withoutLabels: everywhere ? parsed.withoutLabels : [...parsed.withoutLabels, 'SPAM', 'TRASH'],
    offset,
    limit: limit + 1,
  })
  return {
    messages: messages.slice(0, limit),
    nextPageToken: messages.length > limit ? String(offset + limit).padStart(20, '0') : undefined,
  }
}

function readPageToken(query: URLSearchParams): number {
  const token = query.get('pageToken')
  if (token === null || token === '') return 0
  if (!/^\d+$/.test(token)) throw badRequest('Invalid pageToken')
  return Number(token)
}

export function getThread(store: Store, call: GmailCall): GmailReply {
  const format = wantedFormat(call)
  if (format === 'raw') throw badRequest("Invalid value at 'format': raw is not supported for threads")
  const messages = threadMessages(store, call.account.key, call.id)
  const last = messages.at(-1)
  if (last === undefined) throw notFound()
  const headers = call.query.getAll('metadataHeaders')
  const resources = messages.map((message) =>
    messageResource(message, rawOf(store, message.account, message.id) ?? Buffer.alloc(0), format, headers),
  )
  const historyId = Math.max(...messages.map((message) => message.historyId))
  const body = { id: call.id, snippet: last.snippet, historyId: String(historyId), messages: resources }
  return { body, ids: messages.map((message) => message.id), threadIds: [call.id], format }
}

export function getAttachment(store: Store, call: GmailCall): GmailReply {
  const raw = rawOf(store, call.account.key, call.messageId)
  if (raw === undefined) throw notFound()
  for (const part of walk(parseParts(raw))) {
    if (attachmentId(call.messageId, part.id) === call.id) {
      return {
        body: { size: part.content.length, data: part.content.toString('base64url') },
        ids: [call.messageId],
      }
    }
  }
  throw notFound()
}

export function listHistory({ store, clock, faults }: HistoryParts, call: GmailCall): GmailReply {
  const account = accountAt(store, call.account.key) ?? call.account
  const given = call.query.get('startHistoryId') ?? ''
  if (!/^\d{1,19}$/.test(given))
    throw badRequest(given === '' ? 'Missing required parameter: startHistoryId' : 'Invalid startHistoryId')
  const start = Number(given)
  const oldest = clock.now() - faults.behaves('historyDays', account.key, call.call) * DAY_MS
  if (start < historyFloor(store, account.key, oldest) || start > account.historyId) throw notFound()
  const limit = pageSize(call.query, 100, 500)
  const top = seenHistoryId(store, clock, account)
  const after = Math.max(start, readPageToken(call.query))
  const records = historyIn(store, account.key, { start: after, top, limit: limit + 1 })
  const page = records.slice(0, limit)
  const types = call.query.getAll('historyTypes')
  const label = call.query.get('labelId')
  const shown = page.filter(
    (record) =>
      (types.length === 0 || types.includes(record.kind)) &&
      (label === null || record.labels.includes(label)),
  )
  const last = page.at(-1)
  return {
    body: {
      ...(shown.length === 0
        ? {}
        : {
            history: shown.map((record) => ({
              id: String(record.historyId),
              messages: [{ id: record.messageId, threadId: record.threadId }],
              [HISTORY_LIST.get(record.kind) ?? 'messagesAdded']: [
                { message: { id: record.messageId, threadId: record.threadId, labelIds: record.labels } },
              ],
            })),
          }),
      ...(records.length > limit && last !== undefined
        ? { nextPageToken: String(last.historyId).padStart(20, '0') }
        : {}),
      historyId: String(Math.max(start, top)),
    },
    ids: shown.map((record) => record.messageId),
    threadIds: [...new Set(shown.map((record) => record.threadId))],
  }
}

const HISTORY_LIST = new Map([
  ['messageAdded', 'messagesAdded'],
  ['messageDeleted', 'messagesDeleted'],
])

export const SYSTEM_LABELS: readonly string[] = [
  'INBOX',
  'SENT',
  'DRAFT',
  'SPAM',
  'TRASH',
  'UNREAD',
  'STARRED',
  'IMPORTANT',
  'CATEGORY_PROMOTIONS',
  'CATEGORY_SOCIAL',
  'CATEGORY_UPDATES',
]

export function listLabels(): GmailReply {
  return { body: { labels: SYSTEM_LABELS.map((id) => ({ id, name: id, type: 'system' })) } }
}

export function getLabel(store: Store, call: GmailCall): GmailReply {
  if (!SYSTEM_LABELS.includes(call.id)) throw notFound()
  const counts = folderCounts(store, call.account.key, call.id)
  return {
    body: {
      id: call.id,
      name: call.id,
      type: 'system',
      messagesTotal: counts.messages,
      messagesUnread: counts.unread,
      threadsTotal: counts.threads,
      threadsUnread: counts.threadsUnread,
    },
  }
}
