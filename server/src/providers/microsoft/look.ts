/**
 * Looking at single messages of a Microsoft mailbox: the headers of a match, who wrote one, its bytes, and the copy of
 * something we sent. Each answers with no more than its name says.
 */
import { canonical, parseMessageIds, tokenOf } from '../../mail/message-id.ts'
import type {
  Accepted,
  Change,
  MailProvider,
  Outcome,
  SentHints,
  ThreadHeaders,
} from '../../mailboxes/provider.ts'
import { failed, succeeded } from '../shared/outcome.ts'
import type { Reading } from './changes.ts'
import { changesBetween } from './changes.ts'
import type { GraphClient } from './client.ts'
import { json, pathOf, quoted } from './client.ts'
import { lookOf } from './cursor.ts'
import {
  Extended,
  Folder,
  MessageList,
  Place,
  changeOf,
  identifiers,
  threadHeaderExpansion,
  threadHeadersIn,
} from './translate.ts'

const messagePath = (id: string) => `/me/messages/${encodeURIComponent(id)}`

/** Message-ID, In-Reply-To and References, and no other header. */
export async function threadHeaders(
  graph: GraphClient,
  id: string,
  signal: AbortSignal,
): Promise<Outcome<ThreadHeaders>> {
  const path = pathOf(messagePath(id), { $select: 'id', $expand: threadHeaderExpansion })
  const answer = await graph({ path, asked: 'question', read: json(Extended) }, signal)
  return answer.ok ? succeeded(threadHeadersIn(answer.value)) : answer
}

/** Asks for what the addresses wrote in the conversation, so that nothing of anybody else is told. */
export async function writtenBy(
  graph: GraphClient,
  message: Parameters<MailProvider['writtenBy']>[0],
  addresses: readonly string[],
  signal: AbortSignal,
): Promise<Outcome<boolean>> {
  for (const address of addresses) {
    const path = pathOf('/me/messages', {
      $select: 'id',
      $filter: `conversationId eq ${quoted(message.providerThreadId)} and from/emailAddress/address eq ${quoted(address)}`,
      $top: '1000',
    })
    const found = await graph({ path, asked: 'question', read: json(MessageList) }, signal)
    if (!found.ok) return found
    if (found.value.value.some((each) => each.id === message.providerMessageId)) return succeeded(true)
  }
  return succeeded(false)
}

/** The whole message, and where it lies. */
export async function raw(
  graph: GraphClient,
  id: string,
  sentFolder: (signal: AbortSignal) => Promise<Outcome<string>>,
  signal: AbortSignal,
): ReturnType<MailProvider['raw']> {
  const select = 'receivedDateTime,conversationId,parentFolderId'
  const path = pathOf(messagePath(id), { $select: select })
  const read = (answer: { readonly bytes: Uint8Array }) => new Uint8Array(answer.bytes)
  const [place, bytes, sent] = await Promise.all([
    graph({ path, asked: 'question', read: json(Place) }, signal),
    graph({ path: `${messagePath(id)}/$value`, asked: 'question', read }, signal),
    sentFolder(signal),
  ])
  if (!place.ok) return place
  if (!bytes.ok) return bytes
  if (!sent.ok) return sent
  const { conversationId, parentFolderId, receivedDateTime } = place.value
  return succeeded({
    raw: bytes.value,
    ...(conversationId === undefined || conversationId === null ? {} : { providerThreadId: conversationId }),
    receivedAt: Temporal.Instant.from(receivedDateTime),
    own: parentFolderId === sent.value,
  })
}

/** Whether the mailbox can be opened; nothing that lies in it is asked for. */
export async function openInbox(graph: GraphClient, signal: AbortSignal): Promise<Outcome<undefined>> {
  const path = pathOf('/me/mailFolders/inbox', { $select: 'id' })
  return await graph({ path, asked: 'question', read: () => undefined }, signal)
}

/** The id of Sent, asked for once, also by several at once; an answer that one broke off is no answer to the others. */
export function sentFolderOf(graph: GraphClient): (signal: AbortSignal) => Promise<Outcome<string>> {
  interface Asked {
    readonly signal: AbortSignal
    readonly answer: Promise<Outcome<string>>
  }
  let asked: Asked | undefined

  async function ask(signal: AbortSignal): Promise<Outcome<string>> {
    const path = pathOf('/me/mailFolders/sentitems', { $select: 'id' })
    let known = false
    try {
      const folder = await graph({ path, asked: 'question', read: json(Folder) }, signal)
      known = folder.ok
      return folder.ok ? succeeded(folder.value.id) : folder
    } finally {
      if (!known) asked = undefined
    }
  }

  return async function together(signal): Promise<Outcome<string>> {
    const held = (asked ??= { signal, answer: ask(signal) })
    const answer = await held.answer
    const brokenOff = !answer.ok && held.signal !== signal && held.signal.aborted
    return brokenOff ? await together(signal) : answer
  }
}

/** Until then a copy may still be on its way into Sent. */
const filedWithin = { seconds: 90 }
// a mailbox sends at most a few hundred a day through us; a person with far more in Sent is asked to decide
const mostLookedAt = 1_000

/**
 * The copy of what we sent, by the Message-ID that we gave it: a question that tells nothing of anything else. Only
 * when it must have been filed by now and is not found so, Sent is looked through for our token, because now and then
 * a Message-ID is rewritten.
 */
export async function findSent(
  reading: Reading,
  hints: SentHints,
  signal: AbortSignal,
  looked: (providerMessageId: string) => void = () => {},
): Promise<Outcome<(Accepted & { readonly messageId?: string }) | undefined>> {
  const [wanted] = parseMessageIds(`<${hints.messageId.replaceAll(/[<>]/g, '')}>`)
  if (wanted !== undefined) {
    const path = pathOf('/me/mailFolders/sentitems/messages', {
      $select: identifiers,
      $filter: `internetMessageId eq ${quoted(`<${wanted}>`)}`,
    })
    const found = await reading.graph({ path, asked: 'question', read: json(MessageList) }, signal)
    if (!found.ok) return found
    const [copy] = found.value.value.map((message) => changeOf(message, true))
    if (copy !== undefined) {
      looked(copy.providerMessageId)
      return succeeded({ ...idsOf(copy), messageId: wanted })
    }
  }
  const now = await reading.now()
  if (Temporal.Instant.compare(now, hints.attemptedAt.add(filedWithin)) < 0)
    return failed({ kind: 'transient', diagnostic: 'not in Sent yet, and its copy may still be filed' })
  return lookThrough(reading, hints, { now, signal, looked })
}

async function lookThrough(
  reading: Reading,
  hints: SentHints,
  by: {
    readonly now: Temporal.Instant
    readonly signal: AbortSignal
    readonly looked: (providerMessageId: string) => void
  },
): ReturnType<MailProvider['findSent']> {
  const range = { from: hints.since, to: hints.until ?? by.now.add({ minutes: 5 }) }
  const candidates: Change[] = []
  for (let page: string | undefined; ; ) {
    const list = await changesBetween(reading, range, page, by.signal)
    if (!list.ok) return list
    candidates.push(...list.value.changes)
    if (candidates.length > mostLookedAt)
      return failed({
        kind: 'transient',
        diagnostic: `more than ${mostLookedAt} messages in Sent since then`,
      })
    page = list.value.page
    if (page === undefined || lookOf(page)?.stage !== 'sent') break
  }
  const [root] = parseMessageIds(hints.token)
  const token = (root === undefined ? undefined : tokenOf(root)) ?? hints.token
  // the attempt is the beginning of that stretch
  for (const candidate of candidates.toReversed()) {
    by.looked(candidate.providerMessageId)
    const headers = await threadHeaders(reading.graph, candidate.providerMessageId, by.signal)
    if (!headers.ok && headers.failure.kind === 'not_found') continue
    if (!headers.ok) return headers
    if (!parseMessageIds(headers.value.references ?? '').some((id) => tokenOf(id) === token)) continue
    const [messageId] = parseMessageIds(headers.value.messageId ?? '')
    return succeeded({
      ...idsOf(candidate),
      ...(messageId === undefined ? {} : { messageId: canonical(messageId) }),
    })
  }
  return succeeded(undefined)
}

function idsOf({ providerMessageId, providerThreadId }: Change): Accepted {
  return { providerMessageId, ...(providerThreadId === undefined ? {} : { providerThreadId }) }
}
