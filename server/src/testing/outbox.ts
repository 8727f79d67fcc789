/**
 * Builders for tests of the outbox: contacts to write to, mails that wait, and leases taken until nothing is left.
 */
import { sql } from 'kysely'
import type { Database } from '../platform/db/index.ts'
import { createEnqueue } from '../sending/enqueue.ts'
import type { MailKind } from '../sending/submission.ts'
import type { Lease } from '../sending/store-lease.ts'
import { lease } from '../sending/lease.ts'
import { syncSchedule } from '../sending/schedule.ts'
import type { Ground } from './ground.ts'
import { groundMailbox } from './ground.ts'

export interface MailboxWish {
  readonly address: string
  readonly limit?: number
  readonly pace?: number
  readonly reserve?: number
  readonly zone?: string
  readonly level?: 'full' | 'send_only'
}

/** A mailbox with its schedule: no pace and no reserve unless wished, window 08:00 to 20:00 UTC. */
export async function groundSender(at: Ground, wish: MailboxWish): Promise<string> {
  const id = await groundMailbox(at, wish.address)
  await at.inside(async (tx) => {
    await sql`update mailbox set daily_limit = ${wish.limit ?? 300}, pace_seconds = ${wish.pace ?? 0}, reserve = ${wish.reserve ?? 0},
      zone = ${wish.zone ?? 'UTC'}, level = ${wish.level ?? 'full'} where id = ${id}`.execute(tx)
    await syncSchedule(tx, id)
  })
  return id
}

/** One contact of the practice world. Returns its id. */
export async function groundContact(at: Ground, name: string): Promise<string> {
  const id = at.ids.uuid()
  await at.inside(async (tx) => {
    await sql`insert into contact (workspace_id, id, name) values (${at.workspaceId}, ${id}, ${name})`.execute(
      tx,
    )
    await sql`insert into contact_address (workspace_id, contact_id, address, address_key, preferred)
      values (${at.workspaceId}, ${id}, ${addressOf(name)}, ${addressOf(name)}, true)`.execute(tx)
  })
  return id
}

export function addressOf(name: string): string {
  return `${name.toLowerCase().replaceAll(' ', '.')}@people.practice.example`
}

/** Queues mails of one kind to one contact; the keys are `prefix-0`, `prefix-1`, … Returns their ids. */
export async function queueMails(
  at: Ground,
  mails: {
    mailboxId: string
    contactId: string
    kind: MailKind
    count: number
    prefix: string
    notBefore?: Temporal.Instant
  },
): Promise<string[]> {
  const enqueue = createEnqueue(at)
  const ids: string[] = []
  for (let from = 0; from < mails.count; from += 1000) {
    const requests = Array.from({ length: Math.min(1000, mails.count - from) }, (_, i) => ({
      key: `${mails.prefix}-${from + i}`,
      mailboxId: mails.mailboxId,
      kind: mails.kind,
      contactId: mails.contactId,
      toAddress: addressOf('Mia Ford'),
      toName: 'Mia Ford',
      subject: `${mails.prefix} ${from + i}`,
      text: 'Hello',
      ...(mails.notBefore === undefined ? {} : { notBefore: mails.notBefore }),
    }))
    const outcome = await at.inside((tx) => enqueue(tx, requests))
    if (!outcome.ok) throw new Error(outcome.reason.code)
    ids.push(...outcome.enqueued.map((one) => one.submissionId))
  }
  return ids
}

/** Leases until nothing more may leave at this instant; `settle` says what becomes of each. */
export async function leaseAll(
  database: Database,
  worker: string,
  settle: (taken: Lease) => Promise<void>,
): Promise<Lease[]> {
  const all: Lease[] = []
  for (;;) {
    const taken = await lease(database, { mailboxes: 10, ttlSeconds: 120, worker })
    if (taken.length === 0) return all
    for (const one of taken) {
      await settle(one)
      all.push(one)
    }
  }
}
