/** For tests of the outbox's routes: a workspace with a mailbox, a provider that takes everything, and a person who asks. */
import { sql } from 'kysely'
import { asActor } from '../http-kit/index.ts'
import type { Actor, Role } from '../team/index.ts'
import type { TestDatabase } from './database.ts'
import type { Ground } from './ground.ts'
import { ground } from './ground.ts'
import { groundContact, groundSender, queueMails } from './outbox.ts'
import { Post } from './post.ts'
import { createEnqueue } from '../sending/enqueue.ts'
import { outboxRoutes } from '../sending/routes.ts'
import type { MailKind } from '../sending/submission.ts'

/** An id that nothing has. */
export const someId = '019b8d2b-0000-7000-8000-000000000000'

export interface Desk {
  readonly at: Ground
  readonly address: string
  readonly post: Post
  readonly mailboxId: string
  readonly mia: string
  ask(method: string, path: string, body?: unknown, as?: Partial<Actor>): Promise<[number, Answer]>
  queue(kind: MailKind, prefix: string, count?: number, notBefore?: string): Promise<string[]>
}
export interface Row {
  readonly id: string
  readonly toName: string
  readonly subject: string
  readonly state: string
  readonly expectedAt?: string
  readonly reason: { readonly code: string }
  readonly waysOut?: readonly string[]
}
export interface Answer {
  readonly code?: string
  readonly fields?: readonly { readonly path: string; readonly code: string }[]
  readonly rows: readonly Row[]
  readonly next?: string
  readonly total?: number
  readonly done?: number
  readonly refused?: readonly { readonly id: string; readonly code: string }[]
  readonly [other: string]: unknown
}

type Wish = Partial<Parameters<typeof groundSender>[1]>

/** Desks of one test file: each a workspace of its own; what waited at an earlier one stands still. */
export function desks(db: TestDatabase): (wish?: Wish) => Promise<Desk> {
  const earlier: Ground[] = []
  return async (wish = {}) => {
    await db.setNow('2026-01-05T09:00:00Z')
    for (const one of earlier)
      await one.inside((tx) =>
        sql`update mailbox_schedule set stopped = 'paused', next_at = null`.execute(tx),
      )
    const at = await ground(db.database, { seed: `desk-${earlier.length}` })
    const address = `anna${earlier.push(at)}@brand.practice.example`
    return await open(db, at, address, wish)
  }
}

async function open({ database }: TestDatabase, at: Ground, address: string, wish: Wish): Promise<Desk> {
  const mia = await groundContact(at, 'Mia Ford')
  const mailboxId = await groundSender(at, { address, ...wish })
  const post = new Post(database, at)
  const actor: Actor = {
    personId: at.personId,
    name: 'Anna Keller',
    role: 'owner',
    workspaceId: at.workspaceId,
    language: 'en',
  }
  const parts = {
    ...post.parts,
    enqueue: createEnqueue(at),
    traits: () => ({
      key: 'gmail' as const,
      maxRawBytes: 1,
      threadId: 'decides' as const,
      keepsMessageId: false,
      sentSearchUrl: ({ to }: { to: string }) => `https://mail.example/sent?to=${to}`,
    }),
  }
  return {
    at,
    address,
    post,
    mailboxId,
    mia,
    async ask(method, path, body, as = {}) {
      const answer = await asActor({ ...actor, ...as }, outboxRoutes(parts)).request(
        `/workspaces/${at.workspaceId}${path}`,
        body === undefined
          ? { method }
          : { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
      )
      return [answer.status, (await answer.json()) as Answer]
    },
    queue: (kind, prefix, count = 1, notBefore) =>
      queueMails(at, {
        mailboxId,
        contactId: mia,
        kind,
        count,
        prefix,
        ...(notBefore === undefined ? {} : { notBefore: Temporal.Instant.from(notBefore) }),
      }),
  }
}

/** Ben Ito, a colleague. */
export async function member(at: Ground, role: Role): Promise<Partial<Actor>> {
  const personId = at.ids.uuid()
  await at.inside(async (tx) => {
    await sql`insert into person (id, name, address, address_key)
      values (${personId}, 'Ben Ito', ${`${personId}@a.example`}, ${`${personId}@a.example`})`.execute(tx)
    await sql`insert into membership (workspace_id, person_id, role) values (${at.workspaceId}, ${personId}, ${role})`.execute(
      tx,
    )
  })
  return { personId, role, name: 'Ben Ito' }
}

export async function share(at: Ground, mailboxId: string, sharing: string): Promise<void> {
  await at.inside((tx) => sql`update mailbox set sharing = ${sharing} where id = ${mailboxId}`.execute(tx))
}

/** What the activity log says of the outbox. */
export async function auditOf(
  at: Ground,
): Promise<{ action: string; actor_name: string; detail: unknown }[]> {
  const { rows } = await at.inside((tx) =>
    sql<{ action: string; actor_name: string; detail: unknown }>`
      select action, actor_name, detail from audit_entry where action like any (array['outbox.%', 'mailbox.%']) order by id`.execute(
      tx,
    ),
  )
  return rows
}
