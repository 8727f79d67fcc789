/**
 * Builders for tests of receiving: a mailbox that is read, a contact who answers, and the outside world in memory, which
 * stands at `sceneStart`, and so does the product until a test steps it.
 */
import { sql } from 'kysely'
import type { Database } from '../platform/db/index.ts'
import { silentLog } from '../platform/log/index.ts'
import type { OpenedMailbox, ReceivingParts } from '../receiving/parts.ts'
import { usualPolling } from '../receiving/polling.ts'
import { pull } from '../receiving/pull.ts'
import { readMessage } from '../receiving/reading.ts'
import { beginReading } from '../receiving/store-position.ts'
import { dispatch } from './dispatch.ts'
import type { SendingParts } from '../sending/parts.ts'
import type { SteppedClock } from './clock.ts'
import { steppedClock } from './clock.ts'
import type { TestDatabase } from './database.ts'
import type { Ground } from './ground.ts'
import type { MemoryProvider, MemoryProviderOptions } from './memory-hands.ts'
import { createMemoryProvider } from './memory-provider.ts'
import { addressOf, groundSender, leaseAll, queueMails } from './outbox.ts'

export interface Sent {
  readonly id: string
  readonly threadId: string
  readonly raw: string
}

export interface Captured {
  readonly kind: string
  readonly text: string
  readonly quoted: string
  readonly evidence: readonly string[]
}

/** A mailbox that is read, whatever stands behind it. */
export interface ReadMailbox {
  readonly address: string
  readonly mailboxId: string
  readonly provider: OpenedMailbox
  readonly receiving: ReceivingParts
  readonly sending: SendingParts
  /** The clock by which a living pull renews its claim. */
  readonly clock: SteppedClock
  /** One pull, as this process or another would do it. */
  pull(parts?: Partial<ReceivingParts>): Promise<void>
  /** Sends one mail to the contact. */
  sendOne(key: string): Promise<void>
  captured(): Promise<Captured[]>
}

export interface Scene extends ReadMailbox {
  readonly outside: MemoryProvider
  /** Sends one mail to the contact; gives it as it lies in Sent. */
  send(key: string): Promise<Sent>
}

export const sceneStart = '2026-01-05T09:00:00Z'

/** A mailbox `<name>@brand.practice.example` of the provider in memory that has been read once. */
export async function receivingScene(
  db: TestDatabase,
  at: Ground,
  wish: {
    readonly name: string
    readonly contactId: string
  } & Pick<MemoryProviderOptions, 'pageSize' | 'silent' | 'rewritesMessageId'>,
): Promise<Scene> {
  const { name, contactId, ...options } = wish
  await db.setNow(sceneStart)
  const address = `${name}@brand.practice.example`
  const outside = createMemoryProvider({
    now: () => Temporal.Instant.from(sceneStart),
    ...options,
  })
  outside.account(address, 'Anna Keller')
  const provider = { ...outside.open(address), traits: outside.adapter.traits }
  const read = await readMailbox(db, at, { address, contactId, provider })
  return {
    ...read,
    outside,
    async send(key) {
      await read.sendOne(key)
      return lastSent(outside, address)
    },
  }
}

/** A mailbox of any provider that has been read once. */
export async function readMailbox(
  db: TestDatabase,
  at: Ground,
  { address, contactId, provider }: { address: string; contactId: string; provider: OpenedMailbox },
): Promise<ReadMailbox> {
  await at.inside((tx) => sql`update mailbox_schedule set stopped = 'paused', next_at = null`.execute(tx))
  const mailboxId = await groundSender(at, { address })
  const clock = steppedClock()
  const parts = { database: db.database, emit: at.emit, ids: at.ids, log: silentLog }
  const receiving: ReceivingParts = {
    ...parts,
    clock,
    polling: usualPolling,
    openMailbox: () => Promise.resolve({ ok: true, value: provider }),
    read: readMessage,
  }
  const sending = sendingOf(parts, provider)
  await at.inside((tx) => beginReading(tx, mailboxId))
  const one: ReadMailbox = {
    address,
    mailboxId,
    provider,
    receiving,
    sending,
    clock,
    pull: (other = {}) => pull({ ...receiving, ...other }, { workspaceId: at.workspaceId, mailboxId }),
    async sendOne(key) {
      await queueMails(at, { mailboxId, contactId, kind: 'direct', count: 1, prefix: `${address}-${key}` })
      await leaseAll(db.database, 'w', (taken) => dispatch(sending, taken))
    },
    captured: () => capturedIn(at, mailboxId),
  }
  await one.pull()
  return one
}

/** The newest message in Sent. */
export function lastSent(outside: MemoryProvider, address: string): Sent {
  const message = outside.messages(address).findLast((candidate) => candidate.own)
  if (message === undefined) throw new Error('nothing was sent')
  return { id: message.id, threadId: message.threadId, raw: new TextDecoder().decode(message.raw) }
}

function sendingOf(
  parts: Pick<SendingParts, 'emit' | 'ids' | 'log'> & { readonly database: Database },
  provider: OpenedMailbox,
): SendingParts {
  return {
    ...parts,
    clock: steppedClock(),
    openMailbox: () => Promise.resolve({ ok: true, value: provider }),
    authors: [
      {
        render: (_tx, mail) =>
          Promise.resolve({ ok: true, rendered: { subject: mail.subject ?? '', text: mail.text ?? '' } }),
        stillTrue: () => Promise.resolve({ verdict: 'true' }),
      },
    ],
  }
}

/** What was captured in a mailbox, oldest first. */
export async function capturedIn(at: Ground, mailboxId: string): Promise<Captured[]> {
  return await at.inside(async (tx) => {
    const { rows } = await sql<Captured>`select kind, text, quoted, evidence from message
      where mailbox_id = ${mailboxId} and kind <> 'mail' order by occurred_at, id`.execute(tx)
    return rows
  })
}

/** A header of a raw message, unfolded. */
export function headerOf(raw: string, name: string): string {
  const unfolded = raw.replaceAll(/\r\n[ \t]+/g, ' ')
  return new RegExp(`^${name}: (.*)$`, 'im').exec(unfolded)?.[1] ?? ''
}

/** An answer to a sent mail, by Mia Ford unless `more` says otherwise; an empty header is left out. */
export function answerTo(
  raw: string,
  to: string,
  text: string,
  more: Readonly<Record<string, string>> = {},
): string {
  const id = headerOf(raw, 'Message-ID')
  const headers = {
    From: `Mia Ford <${addressOf('Mia Ford')}>`,
    To: to,
    Subject: `Re: ${headerOf(raw, 'Subject')}`,
    'Message-ID': `<reply-${Buffer.from(text).toString('hex').slice(0, 24)}@people.practice.example>`,
    'In-Reply-To': id,
    References: `${headerOf(raw, 'References')} ${id}`,
    Date: 'Mon, 05 Jan 2026 09:05:00 +0000',
    'Content-Type': 'text/plain; charset=utf-8',
    ...more,
  }
  const lines = Object.entries(headers)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}`)
  return `${lines.join('\r\n')}\r\n\r\n${text}\r\n\r\nOn Mon, 5 Jan 2026 at 09:00, Anna Keller wrote:\r\n> Hello\r\n`
}
