/**
 * What the practice world writes down for a judge: every provider call with the fields that really went out, every mail that
 * a client handed over, every mail that arrived in a mailbox. Append-only, numbered, read by number.
 */
import { isoTime } from './clock.ts'
import type { Row } from './store/row.ts'
import type { Store } from './store/store.ts'

export interface CallRecord {
  readonly at: number
  readonly mailbox: string
  readonly method: string
  readonly ids: readonly string[]
  readonly threadIds: readonly string[]
  readonly format: string
  readonly fields: readonly string[]
  readonly scopes: readonly string[]
  readonly status: number
}

export function recordCall(store: Store, call: CallRecord): number {
  return store.insert(
    'insert into call_record (at, mailbox, method, ids, thread_ids, format, fields, scopes, status) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    call.at,
    call.mailbox,
    call.method,
    JSON.stringify(call.ids),
    JSON.stringify(call.threadIds),
    call.format,
    JSON.stringify(call.fields),
    JSON.stringify(call.scopes),
    call.status,
  )
}

export interface MailRecord {
  readonly at: number
  readonly mailbox: string
  readonly recipients: readonly string[]
  readonly id: string
  readonly threadId: string
  readonly from: string
  readonly subject: string
  readonly submittedMessageId: string
  readonly messageId: string
  readonly inReplyTo: readonly string[]
  readonly references: readonly string[]
  readonly raw: Buffer
}

export function recordMail(store: Store, mail: MailRecord): number {
  return store.insert(
    `insert into mail_record (at, mailbox, recipients, id, thread_id, sender, subject, submitted_message_id, message_id, in_reply_to, refs, raw)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    mail.at,
    mail.mailbox,
    JSON.stringify(mail.recipients),
    mail.id,
    mail.threadId,
    mail.from,
    mail.subject,
    mail.submittedMessageId,
    mail.messageId,
    JSON.stringify(mail.inReplyTo),
    JSON.stringify(mail.references),
    mail.raw,
  )
}

export type ArrivalSource = 'mail' | 'delivered' | 'bounce' | 'person'

export interface ArrivalRecord {
  readonly at: number
  readonly mailbox: string
  readonly id: string
  readonly threadId: string
  readonly from: string
  readonly subject: string
  readonly messageId: string
  readonly inReplyTo: readonly string[]
  readonly references: readonly string[]
  readonly source: ArrivalSource
  readonly labels: readonly string[]
}

export function recordArrival(store: Store, arrival: ArrivalRecord): number {
  return store.insert(
    `insert into arrival_record (at, mailbox, id, thread_id, sender, subject, message_id, in_reply_to, refs, source, labels)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    arrival.at,
    arrival.mailbox,
    arrival.id,
    arrival.threadId,
    arrival.from,
    arrival.subject,
    arrival.messageId,
    JSON.stringify(arrival.inReplyTo),
    JSON.stringify(arrival.references),
    arrival.source,
    JSON.stringify(arrival.labels),
  )
}

/** `since` is the last number seen; `mailbox` an address key. */
export interface Page {
  readonly since: number
  readonly limit: number
  readonly mailbox?: string | undefined
}

export function pageOf(store: Store, table: string, columns: string, page: Page): Row[] {
  if (page.mailbox === undefined)
    return store.all(
      `select ${columns} from ${table} where seq > ? order by seq limit ?`,
      page.since,
      page.limit,
    )
  return store.all(
    `select ${columns} from ${table} where mailbox = ? and seq > ? order by seq limit ?`,
    page.mailbox,
    page.since,
    page.limit,
  )
}

export interface Listed {
  readonly seq: number
  readonly at: string
}

export function callsSince(store: Store, page: Page): readonly (Listed & Omit<CallRecord, 'at'>)[] {
  return pageOf(store, 'call_record', '*', page).map((row) => ({
    seq: row.int('seq'),
    at: isoTime(row.int('at')),
    mailbox: row.text('mailbox'),
    method: row.text('method'),
    ids: row.list('ids'),
    threadIds: row.list('thread_ids'),
    format: row.text('format'),
    fields: row.list('fields'),
    scopes: row.list('scopes'),
    status: row.int('status'),
  }))
}

const MAIL_HEAD =
  'seq, at, mailbox, recipients, id, thread_id, sender, subject, submitted_message_id, message_id, in_reply_to, refs'

export type ListedMail = Listed & Omit<MailRecord, 'at' | 'raw'> & { readonly raw?: string }

export function mailsSince(
  store: Store,
  page: Page,
  content: 'with raw' | 'without raw',
): readonly ListedMail[] {
  const columns = content === 'with raw' ? `${MAIL_HEAD}, raw` : MAIL_HEAD
  return pageOf(store, 'mail_record', columns, page).map((row) => ({
    seq: row.int('seq'),
    at: isoTime(row.int('at')),
    mailbox: row.text('mailbox'),
    recipients: row.list('recipients'),
    id: row.text('id'),
    threadId: row.text('thread_id'),
    from: row.text('sender'),
    subject: row.text('subject'),
    submittedMessageId: row.text('submitted_message_id'),
    messageId: row.text('message_id'),
    inReplyTo: row.list('in_reply_to'),
    references: row.list('refs'),
    ...(content === 'with raw' ? { raw: row.bytes('raw').toString('base64') } : {}),
  }))
}

export type ListedArrival = Listed & Omit<ArrivalRecord, 'at' | 'source'> & { readonly source: string }

function toArrival(row: Row): ListedArrival {
  return {
    seq: row.int('seq'),
    at: isoTime(row.int('at')),
    mailbox: row.text('mailbox'),
    id: row.text('id'),
    threadId: row.text('thread_id'),
    from: row.text('sender'),
    subject: row.text('subject'),
    messageId: row.text('message_id'),
    inReplyTo: row.list('in_reply_to'),
    references: row.list('refs'),
    source: row.text('source'),
    labels: row.list('labels'),
  }
}

export function arrivalsSince(store: Store, page: Page): readonly ListedArrival[] {
  return pageOf(store, 'arrival_record', '*', page).map(toArrival)
}

export function arrivalNumbered(store: Store, seq: number): ListedArrival | undefined {
  const row = store.one('select * from arrival_record where seq = ?', seq)
  return row === undefined ? undefined : toArrival(row)
}

export function lastArrival(store: Store, mailbox: string): ListedArrival | undefined {
  const row = store.one('select * from arrival_record where mailbox = ? order by seq desc limit 1', mailbox)
  return row === undefined ? undefined : toArrival(row)
}

export interface Counts {
  readonly calls: number
  readonly mails: number
  readonly arrivals: number
}

export function recordCounts(store: Store, mailbox: string | undefined): Counts {
  const count = (table: string): number => {
    const row =
      mailbox === undefined
        ? store.one(`select count(*) as total from ${table}`)
        : store.one(`select count(*) as total from ${table} where mailbox = ?`, mailbox)
    return row?.int('total') ?? 0
  }
  return { calls: count('call_record'), mails: count('mail_record'), arrivals: count('arrival_record') }
}

/**
 * Dot paths of everything that a JSON answer holds. Elements of a list are `name[]`; a header list names its headers
 * (`payload.headers[Message-ID]`), a list of extended properties their ids.
 */
export function returnedFields(body: unknown): readonly string[] {
  const paths = new Set<string>()
  collect(body, '', paths)
  return [...paths].toSorted()
}

function collect(value: unknown, path: string, paths: Set<string>): void {
  if (Array.isArray(value)) {
    if (value.length === 0 && path !== '') paths.add(path)
    for (const element of value as readonly unknown[]) {
      const name = nameIn(path, element)
      if (name === undefined) collect(element, `${path}[]`, paths)
      else paths.add(`${path}[${name}]`)
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value))
      collect(inner, path === '' ? key : `${path}.${key}`, paths)
  } else if (path !== '') {
    paths.add(path)
  }
}

function nameIn(path: string, element: unknown): string | undefined {
  if (typeof element !== 'object' || element === null) return undefined
  if (/headers$/i.test(path) && 'name' in element && typeof element.name === 'string') return element.name
  if (path.endsWith('singleValueExtendedProperties') && 'id' in element && typeof element.id === 'string')
    return element.id
  return undefined
}
