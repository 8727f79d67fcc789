/**
 * A mailbox as IMAP sees it: five folders over the labels of its messages, each message numbered by a UID that only rises
 * (RFC 9051 §2.3.1.1). Making every old position too old changes UIDVALIDITY.
 */
import { accountAt } from '../store/accounts.ts'
import type { Store } from '../store/store.ts'

export interface MailFolder {
  readonly name: string
  /** Special use (RFC 6154); empty for the inbox. */
  readonly use: string
  /** What a message gets that is appended here. */
  readonly labels: readonly string[]
  /** Condition over `labels`. */
  readonly holds: string
}

const has = (label: string): string => `instr(labels, ',${label},') > 0`

/** `QUEUED` marks what SMTP took and no folder shows. */
export const QUEUED = 'QUEUED'

export const MAIL_FOLDERS: readonly MailFolder[] = [
  { name: 'INBOX', use: '', labels: ['INBOX'], holds: has('INBOX') },
  { name: 'Sent', use: '\\Sent', labels: ['SENT'], holds: has('SENT') },
  { name: 'Junk', use: '\\Junk', labels: ['SPAM'], holds: has('SPAM') },
  { name: 'Trash', use: '\\Trash', labels: ['TRASH'], holds: has('TRASH') },
  {
    name: 'Archive',
    use: '\\Archive',
    labels: [],
    holds: `not (${['INBOX', 'SENT', 'SPAM', 'TRASH', QUEUED].map(has).join(' or ')})`,
  },
]

export function folderNamed(name: string): MailFolder | undefined {
  return MAIL_FOLDERS.find((folder) => folder.name.toLowerCase() === name.toLowerCase())
}

export interface Numbered {
  readonly uid: number
  readonly id: string
  readonly internalDate: number
  readonly messageKey: string
  readonly size: number
}

/** UIDs from the first to the last. */
export type UidRange = readonly [number, number]
const everyUid: UidRange = [0, Number.MAX_SAFE_INTEGER]

/** Messages of a folder, oldest first. */
export function folderMessages(
  store: Store,
  account: string,
  folder: MailFolder,
  [low, high]: UidRange = everyUid,
): readonly Numbered[] {
  return store
    .all(
      `select seq, id, internal_date, message_key, size from message
       where account = ? and seq between ? and ? and ${folder.holds} order by seq`,
      account,
      low,
      high,
    )
    .map((row) => ({
      uid: row.int('seq'),
      id: row.text('id'),
      internalDate: row.int('internal_date'),
      messageKey: row.text('message_key'),
      size: row.int('size'),
    }))
}

/** How many messages with a UID below this one lie in a folder. */
export function folderCount(
  store: Store,
  account: string,
  folder: MailFolder,
  below = Number.MAX_SAFE_INTEGER,
): number {
  const counted = `select count(*) as total from message where account = ? and seq < ? and ${folder.holds}`
  return store.one(counted, account, below)?.int('total') ?? 0
}

export function uidValidity(store: Store, account: string): number {
  return accountAt(store, account)?.historyFloor ?? 1
}

/** Higher than every UID that was ever given. */
export function uidNext(store: Store): number {
  return (store.one('select max(seq) as top from message')?.maybeInt('top') ?? 0) + 1
}
