/**
 * Looking into a Gmail mailbox: identifiers by history or by date, the headers of a match, one raw message, and the
 * search for a submission whose outcome is unknown. Each answers with no more than its name says.
 */
import { addressKey } from '../../mail/address.ts'
import { readAddresses } from '../../mail/headers.ts'
import { canonical, parseMessageIds, tokenOf } from '../../mail/message-id.ts'
import type {
  Accepted,
  Change,
  Changes,
  MailProvider,
  Outcome,
  SentHints,
  ThreadHeaders,
} from '../../mailboxes/provider.ts'
import { failed, succeeded } from '../shared/outcome.ts'
import type { GmailClient } from './client.ts'
import type { Place } from './translate.ts'
import {
  HeaderAnswer,
  History,
  MessageList,
  Profile,
  RawAnswer,
  addedIn,
  changeOf,
  cursorOf,
  placeOf,
  threadHeaderNames,
  threadHeadersIn,
} from './translate.ts'

const me = '/gmail/v1/users/me'
const pageSize = '500'
/** Between two pages of a look by date new mail is looked for. */
const datedPageSize = '100'

/** Identifiers since a cursor, one page. Spam and archive belong to it; no label is filtered for. */
export async function changesSince(
  gmail: GmailClient,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<Outcome<Changes>> {
  if (cursor === undefined) return presentPosition(gmail, signal)
  const place = placeOf(cursor)
  if (place === undefined)
    return failed({ kind: 'cursor_expired', diagnostic: 'not a cursor of this provider' })
  const page = await historyPage(gmail, place, signal)
  if (!page.ok) return page
  const added = addedIn(page.value)
  const [own, drafts] = await Promise.all([
    labelled(gmail, 'SENT', added, place, signal),
    labelled(gmail, 'DRAFT', added, place, signal),
  ])
  if (!own.ok) return own
  if (!drafts.ok) return drafts
  const { historyId, nextPageToken } = page.value
  const next =
    nextPageToken === undefined ? { start: historyId } : { start: place.start, page: nextPageToken }
  return succeeded({
    changes: added
      .filter(({ id }) => !drafts.value.has(id))
      .map((message) => changeOf(message, own.value.has(message.id))),
    cursor: cursorOf(next),
    more: nextPageToken !== undefined,
  })
}

type HistoryAnswer = ReturnType<typeof History.parse>

function historyPage(
  gmail: GmailClient,
  { start, page, label }: Place & { readonly label?: string },
  signal: AbortSignal,
): Promise<Outcome<HistoryAnswer>> {
  return gmail(
    {
      path: `${me}/history`,
      query: [
        ['startHistoryId', start],
        ['historyTypes', 'messageAdded'],
        ['maxResults', pageSize],
        ...(label === undefined ? [] : [['labelId', label] as const]),
        ...(page === undefined ? [] : [['pageToken', page] as const]),
      ],
      fields: 'history(messagesAdded(message(id,threadId))),historyId,nextPageToken',
      answer: History,
      asked: 'history',
    },
    signal,
  )
}

/**
 * Which of the messages bear a label. Asked for by label, because the labels of a message would tell of foreign mail where it
 * lies and what its owner thinks of it.
 */
async function labelled(
  gmail: GmailClient,
  label: 'SENT' | 'DRAFT',
  messages: readonly { readonly id: string }[],
  { start }: Place,
  signal: AbortSignal,
): Promise<Outcome<ReadonlySet<string>>> {
  const found = new Set<string>()
  if (messages.length === 0) return succeeded(found)
  let page: string | undefined
  do {
    const answer = await historyPage(gmail, { start, label, ...(page === undefined ? {} : { page }) }, signal)
    if (!answer.ok) return answer
    for (const { id } of addedIn(answer.value)) found.add(id)
    page = answer.value.nextPageToken
  } while (page !== undefined)
  return succeeded(found)
}

async function presentPosition(gmail: GmailClient, signal: AbortSignal): Promise<Outcome<Changes>> {
  const profile = await gmail(
    { path: `${me}/profile`, fields: 'historyId', answer: Profile, asked: 'question' },
    signal,
  )
  if (!profile.ok) return profile
  return succeeded({ changes: [], cursor: profile.value.historyId, more: false })
}

/**
 * Identifiers by date: first what others sent, then what the mailbox itself sent. Two passes, because a list tells
 * no labels and asking for them message by message would touch foreign mail.
 */
export async function changesBetween(
  gmail: GmailClient,
  range: Parameters<MailProvider['changesBetween']>[0],
  page: string | undefined,
  signal: AbortSignal,
): Promise<Outcome<{ readonly changes: readonly Change[]; readonly page?: string }>> {
  const own = page?.startsWith('own') ?? false
  const token = page === undefined ? '' : page.slice(page.indexOf(':') + 1)
  const list = await listMessages(
    gmail,
    {
      // whole seconds; the end is exclusive
      q: [
        `after:${Math.floor(range.from.epochMilliseconds / 1000) - 1}`,
        `before:${Math.ceil(range.to.epochMilliseconds / 1000) + 1}`,
        ...(own ? ['in:sent'] : ['-in:sent', '-in:draft', '-in:chats']),
      ].join(' '),
      token,
    },
    signal,
  )
  if (!list.ok) return list
  const changes = list.value.messages.map((message) => changeOf(message, own))
  const part = own ? 'own' : 'others'
  const next = list.value.nextPageToken === undefined ? undefined : `${part}:${list.value.nextPageToken}`
  const following = next ?? (own ? undefined : 'own:')
  return succeeded({ changes, ...(following === undefined ? {} : { page: following }) })
}

function listMessages(
  gmail: GmailClient,
  wish: { readonly q: string; readonly label?: string; readonly token: string },
  signal: AbortSignal,
): ReturnType<typeof gmail<ListAnswer>> {
  return gmail(
    {
      path: `${me}/messages`,
      query: [
        ['q', wish.q],
        ['includeSpamTrash', 'true'],
        ['maxResults', datedPageSize],
        ...(wish.label === undefined ? [] : [['labelIds', wish.label] as const]),
        ...(wish.token === '' ? [] : [['pageToken', wish.token] as const]),
      ],
      fields: 'messages(id,threadId),nextPageToken',
      answer: MessageList,
      asked: 'question',
    },
    signal,
  )
}
type ListAnswer = ReturnType<typeof MessageList.parse>

/** Exactly the three headers of a match. `fields` keeps the snippet out, which `format=metadata` would bring. */
export async function threadHeaders(
  gmail: GmailClient,
  id: string,
  signal: AbortSignal,
): Promise<Outcome<ThreadHeaders>> {
  const answer = await gmail(
    {
      path: `${me}/messages/${encodeURIComponent(id)}`,
      query: [['format', 'metadata'], ...threadHeaderNames.map((name) => ['metadataHeaders', name] as const)],
      fields: 'payload(headers)',
      answer: HeaderAnswer,
      asked: 'question',
    },
    signal,
  )
  return answer.ok ? succeeded(threadHeadersIn(answer.value)) : answer
}

/** Whether one of these addresses stands in From. */
export async function writtenBy(
  gmail: GmailClient,
  id: string,
  addresses: readonly string[],
  signal: AbortSignal,
): Promise<Outcome<boolean>> {
  const answer = await gmail(
    {
      path: `${me}/messages/${encodeURIComponent(id)}`,
      query: [
        ['format', 'metadata'],
        ['metadataHeaders', 'From'],
      ],
      fields: 'payload(headers)',
      answer: HeaderAnswer,
      asked: 'question',
    },
    signal,
  )
  if (!answer.ok) return answer
  const [from] = readAddresses(answer.value.payload.headers[0]?.value ?? '')
  const keys = new Set(addresses.map(addressKey))
  return succeeded(from !== undefined && keys.has(addressKey(from.address)))
}

/** The whole message. */
export async function raw(
  gmail: GmailClient,
  id: string,
  signal: AbortSignal,
): ReturnType<MailProvider['raw']> {
  const answer = await gmail(
    {
      path: `${me}/messages/${encodeURIComponent(id)}`,
      query: [['format', 'raw']],
      fields: 'raw,threadId,internalDate,labelIds',
      answer: RawAnswer,
      asked: 'question',
    },
    signal,
  )
  if (!answer.ok) return answer
  const { threadId, internalDate, labelIds } = answer.value
  // nobody sent it yet
  if (labelIds.includes('DRAFT')) return failed({ kind: 'not_found', diagnostic: 'a draft' })
  return succeeded({
    raw: new Uint8Array(Buffer.from(answer.value.raw, 'base64url')),
    ...(threadId === undefined ? {} : { providerThreadId: threadId }),
    receivedAt: Temporal.Instant.fromEpochMilliseconds(Number(internalDate)),
    own: labelIds.includes('SENT'),
  })
}

// a mailbox sends at most a few hundred a day through us; a person with far more in Sent is asked to decide
const mostLookedAt = 1_000

/**
 * Looks through Sent since the attempt, oldest first, because the attempt is the beginning of that stretch: by our
 * token in References, or our Message-ID where Gmail kept it.
 */
export async function findSent(
  gmail: GmailClient,
  hints: SentHints,
  signal: AbortSignal,
  looked: (providerMessageId: string) => void = () => {},
): Promise<Outcome<(Accepted & { readonly messageId?: string }) | undefined>> {
  const since = Math.floor(hints.since.epochMilliseconds / 1000) - 1
  const until = hints.until === undefined ? '' : Math.ceil(hints.until.epochMilliseconds / 1000) + 1
  const q = until === '' ? `after:${since}` : `after:${since} before:${until}`
  const candidates: Change[] = []
  for (let token: string | undefined = ''; token !== undefined; ) {
    const list = await listMessages(gmail, { q, label: 'SENT', token }, signal)
    if (!list.ok) return list
    candidates.push(...list.value.messages.map((message) => changeOf(message, true)))
    token = list.value.nextPageToken
    if (candidates.length > mostLookedAt) {
      return failed({
        kind: 'transient',
        diagnostic: `more than ${mostLookedAt} messages in Sent since then`,
      })
    }
  }
  const wanted = marksOf(hints)
  for (const { providerMessageId, providerThreadId } of candidates.toReversed()) {
    looked(providerMessageId)
    const headers = await threadHeaders(gmail, providerMessageId, signal)
    if (!headers.ok && headers.failure.kind === 'not_found') continue
    if (!headers.ok) return headers
    if (!bears(headers.value, wanted)) continue
    const [messageId] = parseMessageIds(headers.value.messageId ?? '')
    return succeeded({
      providerMessageId,
      ...(providerThreadId === undefined ? {} : { providerThreadId }),
      ...(messageId === undefined ? {} : { messageId }),
    })
  }
  return succeeded(undefined)
}

function marksOf(hints: SentHints): { readonly token: string; readonly ids: ReadonlySet<string> } {
  const [root] = parseMessageIds(hints.token)
  const token = (root === undefined ? undefined : tokenOf(root)) ?? hints.token
  return { token, ids: new Set(parseMessageIds(hints.messageId).map(canonical)) }
}

function bears(headers: ThreadHeaders, wanted: ReturnType<typeof marksOf>): boolean {
  const own = parseMessageIds(headers.messageId ?? '')
  const references = parseMessageIds(headers.references ?? '')
  return (
    references.some((id) => tokenOf(id) === wanted.token) || own.some((id) => wanted.ids.has(canonical(id)))
  )
}
