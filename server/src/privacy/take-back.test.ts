import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { asActor } from '../http-kit/index.ts'
import { mailboxById } from '../mailboxes/index.ts'
import { openSecretBox } from '../platform/secret-box/index.ts'
import { testDatabase } from '../testing/database.ts'
import type { MailboxesGround } from '../testing/mailboxes-ground.ts'
import { mailboxesGround } from '../testing/mailboxes-ground.ts'
import { groundContact } from '../testing/outbox.ts'
import { erasePiece } from './erase.ts'
import { privacyRoutes } from './routes.ts'
import { dueErasures } from './store-erasure.ts'
import { noteQueueDecided, onPermissionEnded } from './take-back.ts'

const db = await testDatabase()
const { signal } = new AbortController()
const keyed = openSecretBox({ keys: [{ id: 'a', key: new Uint8Array(32).fill(9) }], current: 'a' })

interface Person {
  readonly personId: string
  readonly role: 'owner' | 'member'
}

async function page(seed: string) {
  const at = await mailboxesGround(db.database, { seed })
  const routes = privacyRoutes({ database: db.database, ids: at.ids, emit: at.emit })
  const owner: Person = { personId: at.personId, role: 'owner' }
  async function open(method: string, path: string, who: Person = owner): Promise<Response> {
    const actor = { name: 'Anna Keller', workspaceId: at.workspaceId, language: 'en', ...who } as const
    return await asActor(actor, routes).request(`/workspaces/${at.workspaceId}${path}`, { method })
  }
  async function ask(method: string, path: string, who?: Person): Promise<[number, unknown]> {
    const answer = await open(method, path, who)
    return [answer.status, await answer.json()]
  }
  return { at, open, ask }
}

/** What wiring does with the events of the mailboxes so far. */
async function deliver(at: MailboxesGround, { queued }: { readonly queued: number }): Promise<void> {
  for (const event of at.emitted.splice(0)) {
    const told = { ...event, id: at.ids.uuid(), at: Temporal.Instant.from('2026-01-05T08:00:02Z') }
    if (event.type === 'mailbox.permission_ended') await at.inside((tx) => onPermissionEnded(at)(tx, told))
    if (event.type === 'mailbox.disconnected')
      await at.inside((tx) => noteQueueDecided(at, tx, { mailboxId: event.subject ?? '', count: queued }))
  }
}

async function eraseAll(at: MailboxesGround): Promise<void> {
  for (;;) {
    const due = (await dueErasures(db.database, 50)).filter((one) => one.workspaceId === at.workspaceId)
    if (due.length === 0) return
    for (const one of due) await erasePiece({ database: db.database, ids: at.ids, emit: at.emit, keyed }, one)
  }
}

/** One received message in a mailbox. */
async function receive(at: MailboxesGround, mailboxId: string, text: string): Promise<void> {
  const contactId = await groundContact(at, `Writer of ${text}`)
  const [threadId, id] = [at.ids.uuid(), at.ids.uuid()]
  await at.inside(async (tx) => {
    await sql`insert into thread (workspace_id, id, mailbox_id, contact_id, token, subject)
      values (${at.workspaceId}, ${threadId}, ${mailboxId}, ${contactId}, ${threadId}, 'Spring')`.execute(tx)
    const raw = Buffer.from(`From: mia@people.example\r\nSubject: Re: Spring\r\n\r\n${text}\r\n`)
    const sha = createHash('sha256').update(raw).digest()
    await sql`insert into blob (workspace_id, sha256, size) values (${at.workspaceId}, ${sha}, ${raw.length})`.execute(
      tx,
    )
    await sql`insert into blob_chunk (workspace_id, sha256, n, content) values (${at.workspaceId}, ${sha}, 0, ${raw})`.execute(
      tx,
    )
    await sql`insert into message (workspace_id, id, thread_id, mailbox_id, contact_id, direction, kind, from_address, subject,
        text, raw_sha256, size, occurred_at)
      values (${at.workspaceId}, ${id}, ${threadId}, ${mailboxId}, ${contactId}, 'in', 'reply', 'mia@people.example',
        'Re: Spring', ${text}, ${sha}, ${raw.length}, kontor_now())`.execute(tx)
  })
}

async function disconnect(at: MailboxesGround, mailboxId: string, stored: 'keep' | 'erase'): Promise<void> {
  const actor = { personId: at.personId, role: 'owner' } as const
  await at.mailboxes.disconnect(
    { workspaceId: at.workspaceId, mailboxId, actor, queue: 'cancel', reassignTo: undefined, stored },
    signal,
  )
}

interface Shown {
  readonly kind: string
  readonly open: readonly string[]
  readonly seal?: string
  readonly erasure?: unknown
  readonly content?: { readonly stored: unknown; readonly waiting: unknown; readonly permission: unknown }
}
const first = ([, body]: [number, unknown]) => (body as { rows: Shown[] }).rows[0]

test('a certificate waits for the queue, the provider and the erasure, then it is sealed and changes no more', async () => {
  const { at, ask } = await page('sealed')
  const id = await at.connect('anna@sealed.example')
  await receive(at, id, 'Gladly.')
  await disconnect(at, id, 'erase')
  expect(first(await ask('GET', `/mailboxes/${id}/certificates`))).toMatchObject({
    kind: 'disconnected',
    open: ['waiting', 'permission', 'erasure'],
    erasure: { done: 0, total: 1 },
  })
  await deliver(at, { queued: 12 })
  expect(first(await ask('GET', `/mailboxes/${id}/certificates`))?.open).toEqual(['erasure'])
  await eraseAll(at)
  const sealed = first(await ask('GET', `/mailboxes/${id}/certificates`))
  expect(sealed?.open).toEqual([])
  expect(sealed?.content).toMatchObject({
    waiting: { choice: 'cancel', count: 12 },
    permission: { end: 'revoked', endsOthers: false },
    stored: { choice: 'erase', messages: 1 },
  })
  await deliver(at, { queued: 99 })
  expect(first(await ask('GET', `/mailboxes/${id}/certificates`))).toEqual(sealed)
})

test('the file that a person keeps carries a seal that anybody can compute', async () => {
  const { at, open, ask } = await page('file')
  const id = await at.connect('anna@file.example')
  await disconnect(at, id, 'keep')
  await deliver(at, { queued: 0 })
  const [, body] = await ask('GET', `/mailboxes/${id}/certificates`)
  const [row] = (body as { rows: { id: string }[] }).rows
  const answer = await open('GET', `/mailboxes/${id}/certificates/${row?.id}/file.json`)
  expect([answer.status, answer.headers.get('content-disposition')]).toEqual([
    200,
    'attachment; filename="certificate-anna@file.example.json"',
  ])
  const { seal, ...content } = JSON.parse(await answer.text()) as { seal: string }
  expect(createHash('sha256').update(JSON.stringify(content)).digest('hex')).toBe(seal)
  const paper = await open('GET', `/mailboxes/${id}/certificates/${row?.id}/file.pdf?language=de`)
  expect([paper.status, paper.headers.get('content-type'), paper.headers.get('content-disposition')]).toEqual(
    [200, 'application/pdf', 'attachment; filename="certificate-anna@file.example.pdf"'],
  )
  const bytes = Buffer.from(await paper.arrayBuffer()).toString('latin1')
  expect([bytes.slice(0, 5), bytes.includes('/Lang (de)')]).toEqual(['%PDF-', true])
  const other: Person = { personId: at.ids.uuid(), role: 'member' }
  expect((await open('GET', `/mailboxes/${id}/certificates/${row?.id}/file.pdf`, other)).status).toBe(403)
})

test('what was kept can be exported as mbox and as JSON lines, and erased later', async () => {
  const { at, open, ask } = await page('export')
  const id = await at.connect('anna@export.example')
  await receive(at, id, 'First.')
  await receive(at, id, 'From the second.')
  expect(await ask('GET', `/mailboxes/${id}/stored`)).toEqual([200, { messages: 2, received: 2, bytes: 124 }])
  expect((await ask('POST', `/mailboxes/${id}/erase`))[0]).toBe(409)
  await disconnect(at, id, 'keep')
  await deliver(at, { queued: 0 })
  const mbox = await open('GET', `/mailboxes/${id}/export.mbox`)
  expect([mbox.headers.get('content-type'), await mbox.text()]).toEqual([
    'application/mbox',
    [
      'From mia@people.example Mon Jan  5 08:00:00 2026\nFrom: mia@people.example\nSubject: Re: Spring\n\nFirst.\n',
      'From mia@people.example Mon Jan  5 08:00:00 2026\nFrom: mia@people.example\nSubject: Re: Spring\n\n>From the second.\n',
    ]
      .map((one) => `${one}\n`)
      .join(''),
  ])
  const lines = (await (await open('GET', `/mailboxes/${id}/export.jsonl`)).text()).trim().split('\n')
  expect(lines.map((line) => (JSON.parse(line) as { text: string }).text)).toEqual([
    'First.',
    'From the second.',
  ])
  expect(await ask('POST', `/mailboxes/${id}/erase`)).toEqual([200, { messages: 2 }])
  await eraseAll(at)
  expect(await (await open('GET', `/mailboxes/${id}/export.mbox`)).text()).toBe('')
  expect(first(await ask('GET', `/mailboxes/${id}/certificates`))).toMatchObject({ kind: 'erased', open: [] })
})

test('a mailbox that loses the right to read keeps its replies or erases them, with a certificate either way', async () => {
  const { at, ask } = await page('narrowed')
  for (const stored of ['keep', 'erase'] as const) {
    const id = await at.connect(`${stored}@narrowed.example`)
    await receive(at, id, `to ${stored}`)
    const actor = { personId: at.personId }
    const wish = { workspaceId: at.workspaceId, mailboxId: id, level: 'send_only', stored, actor } as const
    await at.mailboxes.giveBackWiderGrant(wish, signal)
    await deliver(at, { queued: 0 })
    await eraseAll(at)
    expect((await at.inside((tx) => mailboxById(tx, id)))?.health).toBe('reconnect_needed')
    const row = first(await ask('GET', `/mailboxes/${id}/certificates`))
    expect([row?.kind, row?.open, row?.content?.stored]).toEqual([
      'narrowed',
      [],
      stored === 'keep'
        ? { choice: 'keep', messages: 1, bytes: expect.any(Number) }
        : expect.objectContaining({ choice: 'erase', messages: 1 }),
    ])
  }
})

test('a permission that other mailboxes live on is not given back, and the certificate says so', async () => {
  const { at, ask } = await page('shared')
  const id = await at.connect('anna@shared.example')
  const other = await at.connect('alias@shared.example')
  await at.inside((tx) =>
    sql`update mailbox set grant_id = (select grant_id from mailbox where id = ${id}) where id = ${other}`.execute(
      tx,
    ),
  )
  await disconnect(at, id, 'keep')
  await deliver(at, { queued: 0 })
  expect(first(await ask('GET', `/mailboxes/${id}/certificates`))?.content?.permission).toMatchObject({
    end: 'shared',
  })
})

test('nobody but who could take it back sees what was taken back', async () => {
  const { at, ask, open } = await page('walls')
  const id = await at.connect('anna@walls.example')
  const member: Person = { personId: at.ids.uuid(), role: 'member' }
  for (const path of ['stored', 'certificates'])
    expect((await ask('GET', `/mailboxes/${id}/${path}`, member))[0]).toBe(403)
  for (const path of ['export.mbox', 'export.jsonl'])
    expect((await open('GET', `/mailboxes/${id}/${path}`, member)).status).toBe(403)
  expect((await ask('POST', `/mailboxes/${id}/erase`, member))[0]).toBe(403)
  expect((await ask('GET', `/mailboxes/${at.ids.uuid()}/stored`))[0]).toBe(404)
})
