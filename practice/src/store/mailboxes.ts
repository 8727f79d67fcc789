/**
 * Messages, threads and history of a mailbox. Filing a message decides its thread (RFC 5322 §3.6.4: In-Reply-To, then
 * References from the nearest on; never the subject alone), and appends one history record.
 */
import type { Description } from '../mime/describe.ts'
import { messageKey } from '../mime/headers.ts'
import { subjectKey } from '../mime/subject.ts'
import type { Row } from './row.ts'
import type { Store } from './store.ts'

export interface Message {
  readonly account: string
  readonly id: string
  readonly threadId: string
  readonly historyId: number
  readonly internalDate: number
  readonly labels: readonly string[]
  readonly messageKey: string
  readonly subject: string
  readonly sender: string
  readonly recipients: string
  readonly snippet: string
  readonly size: number
}

const COLUMNS =
  'account, id, thread_id, history_id, internal_date, labels, message_key, subject, sender, recipients, snippet, size'

function toMessage(row: Row): Message {
  return {
    account: row.text('account'),
    id: row.text('id'),
    threadId: row.text('thread_id'),
    historyId: row.int('history_id'),
    internalDate: row.int('internal_date'),
    labels: labelsOf(row),
    messageKey: row.text('message_key'),
    subject: row.text('subject'),
    sender: row.text('sender'),
    recipients: row.text('recipients'),
    snippet: row.text('snippet'),
    size: row.int('size'),
  }
}

/** Labels are kept as `,A,B,` so that one label is found with instr. */
function labelsOf(row: Row): readonly string[] {
  return row
    .text('labels')
    .split(',')
    .filter((label) => label !== '')
}

export interface Filing {
  readonly account: string
  readonly id: string
  readonly raw: Buffer
  readonly description: Description
  readonly labels: readonly string[]
  readonly at: number
  /** When it is written down; history is kept by this time, also for a letter that is dated back. */
  readonly recordedAt: number
  /** A thread that the caller has checked; without it the message's own references decide, or it opens a thread. */
  readonly threadId?: string | undefined
  readonly subjectMustAgree: boolean
  /** False for a copy that always opens a thread of its own (sending without a thread id). */
  readonly joinByReferences: boolean
  /** True where a mail without a thread of its references joins the newest one of the same subject. */
  readonly joinBySubject?: boolean | undefined
}

/** Files a message in a mailbox, inside the caller's transaction. */
export function fileMessage(store: Store, filing: Filing): Message {
  const { account, description } = filing
  const threadId =
    filing.threadId ??
    (filing.joinByReferences ? threadFor(store, filing) : undefined) ??
    (filing.joinBySubject === true ? threadOfSubject(store, filing) : undefined) ??
    filing.id
  const labels = `,${filing.labels.join(',')},`
  const historyId = nextHistoryId(store, account)
  const key = messageKey(description.messageId)
  const people = [...description.to, ...description.cc, ...description.bcc]
    .map((each) => each.address)
    .join(' ')
  store.run(
    `insert into message (account, id, thread_id, history_id, internal_date, labels, message_key, subject, subject_key, sender, recipients, snippet, size, raw)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    account,
    filing.id,
    threadId,
    historyId,
    filing.at,
    labels,
    key,
    description.subject,
    subjectKey(description.subject),
    description.from[0]?.address ?? '',
    people,
    description.snippet,
    filing.raw.length,
    filing.raw,
  )
  for (const reference of [description.messageId, ...description.inReplyTo, ...description.references]) {
    if (reference === '') continue
    store.run(
      'insert or ignore into thread_reference (account, message_key, thread_id) values (?, ?, ?)',
      account,
      messageKey(reference),
      threadId,
    )
  }
  store.run(
    "insert into history (account, history_id, kind, message_id, thread_id, labels, at) values (?, ?, 'messageAdded', ?, ?, ?, ?)",
    account,
    historyId,
    filing.id,
    threadId,
    labels,
    filing.recordedAt,
  )
  const message = messageAt(store, account, filing.id)
  if (message === undefined) throw new Error(`message ${filing.id} was not filed`)
  return message
}

/** History ids rise with gaps, as Gmail's do: nobody may count on the next number. */
function nextHistoryId(store: Store, account: string): number {
  const row = store.one(
    'update account set history_id = history_id + 1 + (history_id % 3) where address_key = ? returning history_id',
    account,
  )
  if (row === undefined) throw new Error(`no mailbox ${account}`)
  return row.int('history_id')
}

function threadFor(store: Store, filing: Filing): string | undefined {
  const { inReplyTo, references, subject } = filing.description
  for (const reference of [...inReplyTo, ...references.toReversed()]) {
    const rows = store.all(
      'select thread_id from thread_reference where account = ? and message_key = ? order by thread_id desc limit 50',
      filing.account,
      messageKey(reference),
    )
    const found = rows
      .map((row) => row.text('thread_id'))
      .find(
        (threadId) =>
          !filing.subjectMustAgree ||
          threadSubjectKey(store, filing.account, threadId) === subjectKey(subject),
      )
    if (found !== undefined) return found
  }
  return undefined
}

function threadOfSubject(store: Store, filing: Filing): string | undefined {
  return store
    .one(
      'select thread_id from message where account = ? and subject_key = ? order by internal_date desc, seq desc limit 1',
      filing.account,
      subjectKey(filing.description.subject),
    )
    ?.text('thread_id')
}

/** Comparison form of the subject that a thread began with. */
export function threadSubjectKey(store: Store, account: string, threadId: string): string | undefined {
  return store
    .one(
      'select subject_key from message where account = ? and thread_id = ? order by internal_date, seq limit 1',
      account,
      threadId,
    )
    ?.text('subject_key')
}

/** True when one of the ids was seen in that thread. */
export function threadKnows(
  store: Store,
  account: string,
  threadId: string,
  ids: readonly string[],
): boolean {
  return ids.some(
    (id) =>
      store.one(
        'select 1 as hit from thread_reference where account = ? and message_key = ? and thread_id = ?',
        account,
        messageKey(id),
        threadId,
      ) !== undefined,
  )
}

export function messageAt(store: Store, account: string, id: string): Message | undefined {
  const row = store.one(`select ${COLUMNS} from message where account = ? and id = ?`, account, id)
  return row === undefined ? undefined : toMessage(row)
}

export function rawOf(store: Store, account: string, id: string): Buffer | undefined {
  return store.one('select raw from message where account = ? and id = ?', account, id)?.bytes('raw')
}

/** Messages of a thread, oldest first. */
export function threadMessages(store: Store, account: string, threadId: string): readonly Message[] {
  return store
    .all(
      `select ${COLUMNS} from message where account = ? and thread_id = ? order by internal_date, seq`,
      account,
      threadId,
    )
    .map(toMessage)
}

/** The newest messages of a mailbox, for pages and for people. */
export function newestMessages(store: Store, account: string, limit: number): readonly Message[] {
  return store
    .all(
      `select ${COLUMNS} from message where account = ? order by internal_date desc, seq desc limit ?`,
      account,
      limit,
    )
    .map(toMessage)
}

/** Takes a message out of a mailbox for good, inside the caller's transaction. */
export function removeMessage(store: Store, account: string, id: string, at: number): void {
  const message = messageAt(store, account, id)
  if (message === undefined) return
  store.run('delete from message where account = ? and id = ?', account, id)
  store.run(
    "insert into history (account, history_id, kind, message_id, thread_id, labels, at) values (?, ?, 'messageDeleted', ?, ?, ?, ?)",
    account,
    nextHistoryId(store, account),
    id,
    message.threadId,
    `,${message.labels.join(',')},`,
    at,
  )
}

export interface MessageQuery {
  readonly account: string
  readonly labels: readonly string[]
  readonly withoutLabels: readonly string[]
  readonly threadId?: string | undefined
  readonly messageKey?: string | undefined
  readonly after?: number | undefined
  readonly before?: number | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly subject?: string | undefined
  readonly words: readonly string[]
  readonly offset: number
  readonly limit: number
}

/** Messages that fit, newest first. */
export function findMessages(store: Store, query: MessageQuery): readonly Message[] {
  const clauses = ['account = ?']
  const values: (string | number)[] = [query.account]
  const add = (clause: string, value: string | number | undefined): void => {
    if (value === undefined) return
    clauses.push(clause)
    values.push(value)
  }
  for (const label of query.labels) add('instr(labels, ?) > 0', `,${label},`)
  for (const label of query.withoutLabels) add('instr(labels, ?) = 0', `,${label},`)
  add('thread_id = ?', query.threadId)
  add('message_key = ?', query.messageKey)
  add('internal_date >= ?', query.after)
  add('internal_date < ?', query.before)
  add('instr(lower(sender), ?) > 0', query.from)
  add('instr(lower(recipients), ?) > 0', query.to)
  add('instr(lower(subject), ?) > 0', query.subject)
  for (const word of query.words) add("instr(lower(subject || ' ' || snippet || ' ' || sender), ?) > 0", word)
  const sql = `select ${COLUMNS} from message where ${clauses.join(' and ')} order by internal_date desc, seq desc limit ? offset ?`
  return store.all(sql, ...values, query.limit, query.offset).map(toMessage)
}

export interface HistoryRecord {
  readonly historyId: number
  readonly kind: string
  readonly messageId: string
  readonly threadId: string
  readonly labels: readonly string[]
}

/** Which part of the history: after `start`, up to and with `top`. */
export interface HistoryRange {
  readonly start: number
  readonly top?: number | undefined
  readonly limit: number
}

/** History in a range, oldest first. */
export function historyIn(store: Store, account: string, range: HistoryRange): readonly HistoryRecord[] {
  return historyOf(
    store.all(
      'select * from history where account = ? and history_id > ? and history_id <= ? order by history_id limit ?',
      account,
      range.start,
      range.top ?? Number.MAX_SAFE_INTEGER,
      range.limit,
    ),
  )
}

export function historyOf(rows: readonly Row[]): readonly HistoryRecord[] {
  return rows.map((row) => ({
    historyId: row.int('history_id'),
    kind: row.text('kind'),
    messageId: row.text('message_id'),
    threadId: row.text('thread_id'),
    labels: labelsOf(row),
  }))
}

/** Lowest start that history still answers, when everything that happened before `oldest` is forgotten. */
export function historyFloor(store: Store, account: string, oldest: number): number {
  const gone = store
    .one('select max(history_id) as top from history where account = ? and at < ?', account, oldest)
    ?.maybeInt('top')
  const kept =
    store.one('select history_floor from account where address_key = ?', account)?.int('history_floor') ?? 0
  return Math.max(kept, gone ?? 0)
}

/** Makes every start that is known so far too old. */
export function forgetHistory(store: Store, account: string): void {
  const top = nextHistoryId(store, account)
  store.run('update account set history_floor = ? where address_key = ?', top, account)
}

export interface Folder {
  readonly label: string
  readonly messages: number
  readonly unread: number
  readonly threads: number
  readonly threadsUnread: number
}

export function folderCounts(store: Store, account: string, label: string): Folder {
  const row = store.one(
    `select count(*) as messages, coalesce(sum(instr(labels, ',UNREAD,') > 0), 0) as unread, count(distinct thread_id) as threads,
       count(distinct case when instr(labels, ',UNREAD,') > 0 then thread_id end) as threads_unread
     from message where account = ? and (? = '' or instr(labels, ?) > 0)`,
    account,
    label,
    `,${label},`,
  )
  return {
    label,
    messages: row?.int('messages') ?? 0,
    unread: row?.int('unread') ?? 0,
    threads: row?.int('threads') ?? 0,
    threadsUnread: row?.int('threads_unread') ?? 0,
  }
}
