/**
 * Builders for tests of the inbox: a team of three, messages that came and mails that left, and requests as one of the
 * team. Nothing is sent or captured for real: rows are written as sending and receiving write them, and followed.
 */
import { sql } from 'kysely'
import type { CapturedKind } from '../correspondence/index.ts'
import { insertCaptured, insertSent, insertThreads } from '../correspondence/index.ts'
import { asActor } from '../http-kit/index.ts'
import { followMessages } from '../inbox/index.ts'
import { fileRoutes } from '../correspondence/routes.ts'
import { createRoutes } from '../http-kit/index.ts'
import { inboxRoutes } from '../inbox/routes.ts'
import type { Database } from '../platform/db/index.ts'
import { createEnqueue } from '../sending/index.ts'
import type { Actor } from '../team/index.ts'
import type { Ground } from './ground.ts'
import { ground } from './ground.ts'
import { addressOf, groundContact, groundSender } from './outbox.ts'

export interface InboxGround extends Ground {
  readonly database: Database
  readonly anna: Actor
  readonly ben: Actor
  readonly vera: Actor
  readonly mailboxId: string
  contact(name: string): Promise<string>
  /** The influencer wrote; the conversation has followed. Returns the message's id. */
  heard(message: Heard): Promise<string>
  /** A mail of the team left. Returns the message's id. */
  sent(message: Left): Promise<string>
  call(
    actor: Actor,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: Record<string, unknown> }>
  /** The raw answer, for files. */
  open(actor: Actor, path: string): Promise<Response>
  /** Uploads a file in parts. Returns the upload's id. */
  upload(actor: Actor, filename: string, content: Uint8Array): Promise<string>
  /** A request without a session, for links. */
  outside(path: string): Promise<Response>
  /** Ids of the conversations that the person sees, in their order. */
  listed(actor: Actor, query?: string): Promise<string[]>
}

export interface Heard {
  readonly contactId: string
  readonly text: string
  readonly subject?: string
  readonly campaignId?: string
  readonly mailboxId?: string
  readonly kind?: CapturedKind
  readonly at?: string
  readonly from?: string
  readonly to?: readonly string[]
  readonly html?: string
  readonly overLimit?: readonly string[]
  readonly files?: readonly { filename: string; contentType: string; sha256?: string; contentId?: string }[]
}

export interface Left {
  readonly contactId: string
  readonly text: string
  readonly kind?: 'direct' | 'invitation' | 'approval' | 'bulk' | 'rejection'
  readonly subject?: string
  readonly campaignId?: string
  readonly mailboxId?: string
  readonly author?: Actor
  readonly at?: string
}

export async function inboxGround(database: Database, seed: string): Promise<InboxGround> {
  const at = await ground(database, { seed })
  const { workspaceId, ids } = at
  const mailboxId = await groundSender(at, { address: `anna.${seed}@brand.practice.example` })
  const follow = followMessages({ ids, emit: at.emit })
  const person = async (name: string, role: Actor['role']): Promise<Actor> => {
    const personId = ids.uuid()
    await at.inside(async (tx) => {
      const address = `${name.split(' ')[0]?.toLowerCase()}.${seed}@atelier-nord.example`
      await sql`insert into person (id, name, address, address_key) values (${personId}, ${name}, ${address}, ${address})`.execute(
        tx,
      )
      await sql`insert into membership (workspace_id, person_id, role) values (${workspaceId}, ${personId}, ${role})`.execute(
        tx,
      )
    })
    return { workspaceId, personId, name, role, language: 'en' }
  }
  const anna: Actor = {
    workspaceId,
    personId: at.personId,
    name: 'Anna Keller',
    role: 'owner',
    language: 'en',
  }
  const ben = await person('Ben Weber', 'member')
  const vera = await person('Vera Lind', 'viewer')

  async function threadOf(message: { contactId: string; campaignId?: string; mailboxId?: string }) {
    const box = message.mailboxId ?? mailboxId
    return await at.inside(async (tx) => {
      const { rows } = await sql<{ id: string }>`select id from thread where contact_id = ${message.contactId}
        and campaign_id is not distinct from ${message.campaignId ?? null}::uuid and mailbox_id = ${box}`.execute(
        tx,
      )
      const { contactId, campaignId } = message
      const thread = {
        id: rows[0]?.id ?? ids.uuid(),
        mailboxId: box,
        contactId,
        ...(campaignId === undefined ? {} : { campaignId }),
        token: ids.token(),
        subject: '',
      }
      if (rows.length === 0) await insertThreads(tx, workspaceId, [thread])
      return thread
    })
  }
  async function moment(of: string | undefined): Promise<Temporal.Instant> {
    if (of !== undefined) return Temporal.Instant.from(of)
    const { rows } = await at.inside((tx) =>
      sql<{ now: Temporal.Instant }>`select kontor_now() as now`.execute(tx),
    )
    return rows[0]?.now ?? Temporal.Instant.from('2026-01-05T08:00:00Z')
  }
  const routes = () => {
    const parts = {
      database,
      ids,
      emit: at.emit,
      enqueue: createEnqueue(at),
      publicUrl: () => 'https://kontor.example',
      traits: () => ({ maxRawBytes: 3_145_728 }),
    }
    return createRoutes().route('/', inboxRoutes(parts)).route('/', fileRoutes(parts))
  }
  async function call(actor: Actor, method: string, path: string, body?: unknown) {
    const response = await asActor(actor, routes()).request(
      `/workspaces/${workspaceId}${path}`,
      body === undefined
        ? { method }
        : { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
    )
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }

  return {
    ...at,
    database,
    anna,
    ben,
    vera,
    mailboxId,
    contact: (name) => groundContact(at, name),
    async heard(message) {
      const thread = await threadOf(message)
      const id = ids.uuid()
      const when = await moment(message.at)
      const { rows } = await at.inside((tx) =>
        sql<{ name: string }>`select name from contact where id = ${message.contactId}`.execute(tx),
      )
      const name = rows[0]?.name ?? ''
      await at.inside((tx) =>
        insertCaptured(tx, workspaceId, [
          {
            id,
            thread,
            kind: message.kind ?? 'reply',
            references: [],
            fromName: name,
            fromAddress: message.from ?? addressOf(name),
            to: message.to ?? ['anna@brand.practice.example'],
            subject: message.subject ?? 'Re: Spring Breads',
            text: message.text,
            quoted: '',
            ...(message.html === undefined ? {} : { html: message.html }),
            remoteImages: 0,
            overLimit: message.overLimit ?? [],
            evidence: ['references'],
            providerMessageId: id,
            rawSha256: '00'.repeat(32),
            size: 1,
            at: when,
            attachments: (message.files ?? []).map((file) => ({
              id: ids.uuid(),
              size: 3,
              blocked: false,
              ...file,
            })),
          },
        ]),
      )
      const event = {
        workspaceId,
        type: 'message.captured',
        subject: id,
        payload: {},
        id: ids.uuid(),
        at: when,
      }
      await at.inside((tx) => follow(tx, event))
      return id
    },
    async sent(message) {
      const thread = await threadOf(message)
      const id = ids.uuid()
      const submissionId = ids.uuid()
      const when = await moment(message.at)
      const kind = message.kind ?? 'direct'
      const authorId = message.author?.personId
      await at.inside(async (tx) => {
        await sql`insert into submission (workspace_id, id, mailbox_id, key, kind, rank, contact_id, to_address, to_key, campaign_id,
            subject, text, author_id, position_at)
          values (${workspaceId}, ${submissionId}, ${thread.mailboxId}, ${submissionId}, ${kind},
            array_position(array['direct', 'invitation', 'approval', 'bulk', 'rejection'], ${kind}) - 1, ${message.contactId},
            'x@people.practice.example', 'x@people.practice.example', ${message.campaignId ?? null}, ${message.subject ?? 'Spring Breads'},
            ${message.text}, ${authorId ?? null}, kontor_now())`.execute(tx)
        await sql`update submission set state = 'leased', lease_id = uuidv7(), lease_until = kontor_now() where id = ${submissionId}`.execute(
          tx,
        )
        await sql`update submission set state = 'accepted', accepted_at = ${when}, settled_at = ${when} where id = ${submissionId}`.execute(
          tx,
        )
        await insertSent(tx, workspaceId, [
          {
            id,
            threadId: thread.id,
            mailboxId: thread.mailboxId,
            contactId: message.contactId,
            ...(message.campaignId === undefined ? {} : { campaignId: message.campaignId }),
            submissionId,
            messageId: `${submissionId}@brand.practice.example`,
            references: [],
            fromName: 'Anna Keller',
            fromAddress: 'anna@brand.practice.example',
            to: 'x@people.practice.example',
            subject: message.subject ?? 'Spring Breads',
            text: message.text,
            rawSha256: '00'.repeat(32),
            size: 1,
            ...(authorId === undefined ? {} : { authorId }),
            at: when,
          },
        ])
      })
      const event = {
        workspaceId,
        type: 'submission.accepted',
        subject: submissionId,
        payload: {},
        id: ids.uuid(),
        at: when,
      }
      await at.inside((tx) => follow(tx, event))
      return id
    },
    call,
    open: async (actor, path) => asActor(actor, routes()).request(`/workspaces/${workspaceId}${path}`),
    outside: async (path) => asActor({ ...vera, workspaceId: 'nobody' }, routes()).request(path),
    async upload(actor, filename, content) {
      const wish = { filename, contentType: 'application/pdf', size: content.byteLength }
      const { body } = await call(actor, 'POST', '/uploads', wish)
      const id = String(body['id'])
      const app = asActor(actor, routes())
      for (let n = 0; n * 1_048_576 < content.byteLength; n += 1) {
        const part = content.slice(n * 1_048_576, (n + 1) * 1_048_576)
        const path = `/workspaces/${workspaceId}/uploads/${id}/parts/${n}`
        const kept = await app.request(path, { method: 'PUT', body: part })
        if (kept.status !== 200) throw new Error(`part ${n}: ${kept.status}`)
      }
      await call(actor, 'POST', `/uploads/${id}/finish`)
      return id
    },
    async listed(actor, query = '') {
      const { body } = await call(actor, 'GET', `/conversations${query}`)
      return (body['rows'] as { id: string }[]).map((row) => row.id)
    },
  }
}

/** The one conversation with a contact. */
export async function conversationWith(at: InboxGround, contactId: string): Promise<string> {
  const { rows } = await at.inside((tx) =>
    sql<{ id: string }>`select id from conversation where contact_id = ${contactId}`.execute(tx),
  )
  return rows[0]?.id ?? ''
}
