/** Reading at Graph: the user, folders, messages in a folder or in all of them, one message, its bytes. */
import { accountAt } from '../store/accounts.ts'
import { type Message, findMessages, folderCounts, rawOf } from '../store/mailboxes.ts'
import { seenFrom, unseenHistory } from '../store/unseen.ts'
import { type GraphCall, type GraphParts, type GraphReply, wantsImmutable } from './graph-call.ts'
import { itemNotFound } from './graph-errors.ts'
import { FOLDERS, type Folder, folderId, folderNamed, folderOf, messageWithId } from './graph-ids.ts'
import {
  MESSAGE_PROPERTIES,
  type Resource,
  type Showing,
  messageResource,
  readExpand,
  readSelect,
} from './graph-message.ts'
import { type Within, readListQuery } from './graph-query.ts'
import { GRAPH } from './scopes.ts'
import { guidOf } from './tenant.ts'

const USER_PROPERTIES = new Set([
  'id',
  'displayName',
  'givenName',
  'surname',
  'mail',
  'userPrincipalName',
  'preferredLanguage',
  'proxyAddresses',
  'otherMails',
])
const USUAL_USER = ['displayName', 'givenName', 'surname', 'mail', 'userPrincipalName', 'preferredLanguage']

export function getMe({ store }: GraphParts, call: GraphCall): GraphReply {
  const account = accountAt(store, call.account.key) ?? call.account
  const [given = '', ...family] = account.name.split(' ')
  const all: Resource = {
    id: guidOf('user', account.key),
    displayName: account.name,
    givenName: given,
    surname: family.join(' '),
    mail: account.address,
    userPrincipalName: account.address,
    preferredLanguage: account.language,
    proxyAddresses: [`SMTP:${account.address}`],
    otherMails: [],
  }
  const selected = readSelect(call.url.searchParams, USER_PROPERTIES, 'user')
  const names = selected.length === 0 ? ['id', ...USUAL_USER] : selected
  return {
    body: {
      '@odata.context': context(call, 'users/$entity'),
      ...Object.fromEntries(names.map((name) => [name, all[name]])),
    },
  }
}

const FOLDER_PROPERTIES = new Set([
  'id',
  'displayName',
  'parentFolderId',
  'childFolderCount',
  'unreadItemCount',
  'totalItemCount',
  'isHidden',
])

export function listFolders(parts: GraphParts, call: GraphCall): GraphReply {
  const names = readSelect(call.url.searchParams, FOLDER_PROPERTIES, 'mailFolder')
  return {
    body: {
      '@odata.context': context(call, 'me/mailFolders'),
      value: FOLDERS.map((folder) => folderResource(parts, call, folder, names)),
    },
  }
}

export function getFolder(parts: GraphParts, call: GraphCall): GraphReply {
  const names = readSelect(call.url.searchParams, FOLDER_PROPERTIES, 'mailFolder')
  const folder = folderNamed(call.account.key, call.ids[0] ?? '')
  return {
    body: {
      '@odata.context': context(call, 'me/mailFolders/$entity'),
      ...folderResource(parts, call, folder, names),
    },
  }
}

function folderResource(
  { store }: GraphParts,
  call: GraphCall,
  folder: Folder,
  selected: readonly string[],
): Resource {
  const counts = () => folderCounts(store, call.account.key, folder.label)
  const all: Readonly<Record<string, () => unknown>> = {
    displayName: () => folder.displayName,
    parentFolderId: () =>
      folderId(call.account.key, { name: 'msgfolderroot', displayName: 'Top', label: '' }),
    childFolderCount: () => 0,
    unreadItemCount: () => (folder.label === '' ? 0 : counts().unread),
    totalItemCount: () => (folder.label === '' ? 0 : counts().messages),
    isHidden: () => false,
  }
  const names = selected.length === 0 ? Object.keys(all) : selected.filter((name) => name !== 'id')
  return {
    id: folderId(call.account.key, folder),
    ...Object.fromEntries(names.map((name) => [name, all[name]?.()])),
  }
}

/** Messages of all folders, or of one. */
export function listMessages(parts: GraphParts, call: GraphCall): GraphReply {
  const [folderText] = call.ids
  const folder = folderText === undefined ? undefined : folderNamed(call.account.key, folderText)
  const wish = readListQuery(call.url.searchParams)
  const showing = showingOf(parts, call)
  const newestFirst = visibleMessages(parts, call, folder, wish.within).filter(wish.fits)
  const sorted = wish.order === 'desc' ? newestFirst : newestFirst.toReversed()
  const page = sorted.slice(wish.skip, wish.skip + wish.top)
  const more = sorted.length > wish.skip + page.length && page.length > 0
  return {
    body: {
      '@odata.context': context(call, 'me/messages'),
      value: page.map((message) => messageResource(message, reading(parts, message), showing)),
      ...(more ? { '@odata.nextLink': nextLink(call.url, wish.skip + page.length) } : {}),
    },
    ...about(page),
  }
}

function nextLink(url: URL, skip: number): string {
  const next = new URL(url)
  next.searchParams.set('$skip', String(skip))
  return next.href
}

const ALL = Number.MAX_SAFE_INTEGER

/** Newest first, without what is not seen yet. */
export function visibleMessages(
  { store, clock }: GraphParts,
  call: Pick<GraphCall, 'account'>,
  folder: Folder | undefined,
  within: Within = {},
): readonly Message[] {
  const all = findMessages(store, {
    ...within,
    account: call.account.key,
    labels: folder === undefined || folder.label === '' ? [] : [folder.label],
    withoutLabels: [],
    words: [],
    offset: 0,
    limit: ALL,
  })
  const unseen = new Set(
    unseenHistory(store, call.account.key, clock.now()).map((record) => record.messageId),
  )
  return all.filter(
    (message) => !unseen.has(message.id) && (folder === undefined || folderOf(message).name === folder.name),
  )
}

export function getMessage(parts: GraphParts, call: GraphCall): GraphReply {
  const message = visibleMessage(parts, call)
  return {
    body: {
      '@odata.context': context(call, 'me/messages/$entity'),
      ...messageResource(message, reading(parts, message), showingOf(parts, call)),
    },
    ...about([message]),
  }
}

/** The whole message as MIME. */
export function getMime(parts: GraphParts, call: GraphCall): GraphReply {
  const message = visibleMessage(parts, call)
  return { body: reading(parts, message)(), headers: { 'content-type': 'text/plain' }, ...about([message]) }
}

function visibleMessage(parts: GraphParts, call: GraphCall): Message {
  const message = messageWithId(parts.store, call.account.key, call.ids[0] ?? '')
  if (seenFrom(parts.store, message, parts.clock.now()) !== undefined) throw itemNotFound()
  return message
}

export function reading({ store }: Pick<GraphParts, 'store'>, message: Message): () => Buffer {
  return () => rawOf(store, message.account, message.id) ?? Buffer.alloc(0)
}

export function showingOf(parts: GraphParts, call: GraphCall): Showing {
  const full = call.scopes.includes(GRAPH.read) || call.scopes.includes(GRAPH.readWrite)
  return {
    immutableIds: wantsImmutable(parts, call),
    ownHeaders: parts.faults.behaves('sentHeadersMissing', call.account.key, call.call) ? 'missing' : 'shown',
    plainText: call.prefer.includes('outlook.body-content-type="text"'),
    content: full ? 'with content' : 'without content',
    selected: readSelect(call.url.searchParams, MESSAGE_PROPERTIES, 'message'),
    extended: readExpand(call.url.searchParams),
  }
}

export function about(messages: readonly Message[]): Pick<GraphReply, 'messages' | 'threads'> {
  return {
    messages: messages.map((message) => message.id),
    threads: [...new Set(messages.map((message) => message.threadId))],
  }
}

export function context(call: Pick<GraphCall, 'url'>, what: string): string {
  return `${call.url.origin}/graph/v1.0/$metadata#${what}`
}
