/**
 * Ids as Exchange gives them: long, opaque, base64url. The ordinary one of a message changes with its folder, the immutable
 * one does not; both are understood. Folders have a well-known name beside their id.
 */
import { type Message, messageAt } from '../store/mailboxes.ts'
import type { Store } from '../store/store.ts'
import { badRequest, itemNotFound } from './graph-errors.ts'

export interface Folder {
  readonly name: string
  readonly displayName: string
  /** Label of this world's mailboxes; empty for what has none of the others. */
  readonly label: string
}

/** In the order in which a message's labels decide its folder. */
export const FOLDERS: readonly Folder[] = [
  { name: 'drafts', displayName: 'Drafts', label: 'DRAFT' },
  { name: 'deleteditems', displayName: 'Deleted Items', label: 'TRASH' },
  { name: 'junkemail', displayName: 'Junk Email', label: 'SPAM' },
  { name: 'sentitems', displayName: 'Sent Items', label: 'SENT' },
  { name: 'inbox', displayName: 'Inbox', label: 'INBOX' },
  { name: 'archive', displayName: 'Archive', label: '' },
]
const ARCHIVE = FOLDERS[5] ?? { name: 'archive', displayName: 'Archive', label: '' }

export function folderOf(message: Pick<Message, 'labels'>): Folder {
  return FOLDERS.find((folder) => folder.label !== '' && message.labels.includes(folder.label)) ?? ARCHIVE
}

export function folderId(accountKey: string, folder: Folder): string {
  return opaque('AQMkADAw', `${accountKey}/${folder.name}`)
}

/** By id or by well-known name. */
export function folderNamed(accountKey: string, text: string): Folder {
  const found = FOLDERS.find(
    (folder) => folder.name === text.toLowerCase() || folderId(accountKey, folder) === text,
  )
  if (found === undefined) throw itemNotFound()
  return found
}

export function messageIdOf(message: Pick<Message, 'id' | 'labels'>, immutable: boolean): string {
  return immutable
    ? opaque('AAkALgAA', message.id)
    : opaque('AAMkADAw', `${folderOf(message).name}/${message.id}`)
}

export function conversationIdOf(threadId: string): string {
  return opaque('AAQkADAw', threadId)
}

/** The thread of a conversation id, or undefined when it is none. */
export function threadOf(conversationId: string): string | undefined {
  return readable('AAQkADAw', conversationId)
}

/** The message of an id of either kind; Graph's 400 for what is no id, 404 for what is not there (any more). */
export function messageWithId(store: Store, accountKey: string, text: string): Message {
  const immutable = readable('AAkALgAA', text)
  const path = readable('AAMkADAw', text)
  const id = immutable ?? path?.slice(path.indexOf('/') + 1)
  if (id === undefined) throw badRequest('ErrorInvalidIdMalformed', 'Id is malformed.')
  const message = messageAt(store, accountKey, id)
  if (message === undefined) throw itemNotFound()
  if (path !== undefined && path !== `${folderOf(message).name}/${message.id}`) throw itemNotFound()
  return message
}

function opaque(prefix: string, text: string): string {
  return `${prefix}${Buffer.from(text).toString('base64url')}=`
}

function readable(prefix: string, text: string): string | undefined {
  if (!text.startsWith(prefix) || !text.endsWith('=')) return undefined
  return Buffer.from(text.slice(prefix.length, -1), 'base64url').toString('utf8')
}
