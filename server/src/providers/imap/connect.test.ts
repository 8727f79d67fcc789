import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Level } from '../../mailboxes/consent.ts'
import type { Mailboxes } from '../../mailboxes/index.ts'
import { createMailboxes, mailboxById } from '../../mailboxes/index.ts'
import { outcomeOf } from '../../mailboxes/store-consent.ts'
import { wallClock } from '../../platform/clock/index.ts'
import { createHttpClient } from '../../platform/http-client/index.ts'
import { silentLog } from '../../platform/log/index.ts'
import { openSecretBox } from '../../platform/secret-box/index.ts'
import { testDatabase } from '../../testing/database.ts'
import type { Ground } from '../../testing/ground.ts'
import { ground } from '../../testing/ground.ts'
import type { PracticeServer } from '../../testing/practice-server.ts'
import { startPracticeServer } from '../../testing/practice-server.ts'
import { outsideCaps } from '../../testing/outside-caps.ts'
import { imapAdapter, imapEndpoint, practiceImapEndpoint, practicePlaces } from './index.ts'

const { database } = await testDatabase()
const signal = new AbortController().signal
const endpoint = practiceImapEndpoint()
const box = openSecretBox({ keys: [{ id: 'a', key: new Uint8Array(32).fill(7) }], current: 'a' })
let practice: PracticeServer
let at: Ground
let mailboxes: Mailboxes

beforeAll(async () => {
  practice = await startPracticeServer()
  at = await ground(database, { seed: 'imap-connect' })
  const http = createHttpClient({ allowedOrigins: () => [practice.url], timeoutMs: 10_000 })
  const places = practicePlaces(practice.url, http)
  const adapter = imapAdapter({ endpoint, places, clock: wallClock, productNow: async () => wallClock.now() })
  mailboxes = createMailboxes({
    database,
    ids: at.ids,
    clock: wallClock,
    box,
    log: silentLog,
    emit: at.emit,
    schedule: { sync: async () => undefined, ...outsideCaps },
    beginTakingBack: () => Promise.resolve(0),
    endpoints: { all: async () => [endpoint, imapEndpoint()], adapter: () => adapter },
    redirectUri: () => 'http://127.0.0.1:3210/api/v1/oauth/callback',
  })
})
afterAll(() => practice[Symbol.asyncDispose]())

async function begun(level: Level, mailbox?: { id: string; address: string }): Promise<string> {
  const start = await mailboxes.startConsent({
    workspaceId: at.workspaceId,
    personId: at.personId,
    language: 'en',
    endpoint: endpoint.key,
    level,
    sharing: 'team',
    namedMembers: [],
    ...(mailbox === undefined ? {} : { mailbox }),
  })
  if (!start.ok) throw new Error(start.problem)
  return new URL(start.authorizeUrl).searchParams.get('state') ?? ''
}

async function typedIn(state: string, address: string, password = 'practice', personId = at.personId) {
  const typed = { address, name: 'Anna Keller', password }
  return await mailboxes.signInByPassword({ workspaceId: at.workspaceId, personId, state, typed }, signal)
}

async function connected(level: Level, address: string, mailbox?: { id: string; address: string }) {
  await practice.account(address, 'Anna Keller')
  const done = await typedIn(await begun(level, mailbox), address)
  if (done?.ok !== true) throw new Error(JSON.stringify(done))
  return await at.inside((tx) => outcomeOf(tx, done.handle, at.personId))
}

const letter = (address: string) =>
  Buffer.from(`From: ${address}\r\nTo: ${address}\r\nSubject: s\r\nMessage-ID: <${address}>\r\n\r\nText\r\n`)

test('row “IMAP/SMTP”: Full Access sends over SMTP and reads over IMAP, Send Only does not even know an IMAP server', async () => {
  const found: unknown[] = []
  for (const level of ['full', 'send_only'] as const) {
    const address = `row.${level.replace('_', '.')}@post.practice.example`
    const outcome = await connected(level, address)
    const opened = await mailboxes.open(at.workspaceId, outcome?.mailboxId ?? '', 'send')
    if (!opened.ok) throw new Error(opened.failure.diagnostic)
    const sent = await opened.value.send(letter(address), undefined, signal)
    const read = await opened.value.changesSince(undefined, signal)
    const { calls } = (await practice.control(
      `/records/calls?since=0&mailbox=${encodeURIComponent(address)}`,
    )) as {
      calls: { method: string }[]
    }
    const imap = calls.some(({ method }) => method.startsWith('imap.'))
    found.push([level, outcome?.outcome, sent.ok, read.ok ? 'read' : read.failure.kind, imap])
  }
  expect(found).toEqual([
    ['full', 'connected', true, 'read', true],
    ['send_only', 'connected', true, 'scope_missing', false],
  ])
})

test('a wrong password is told, costs nothing, and the right one ends the same wish, once', async () => {
  const address = 'slip@post.practice.example'
  await practice.account(address, 'Anna Keller')
  const state = await begun('full')
  expect(await typedIn(state, address, 'guess')).toEqual({
    ok: false,
    complaint: {
      at: 'smtp',
      verdict: 'login_refused',
      detail: expect.stringContaining('535'),
      server: 'smtp.post.practice.example',
    },
  })
  expect(await typedIn(state, 'anna@elsewhere.example')).toMatchObject({
    ok: false,
    complaint: { at: 'address', verdict: 'servers_unknown' },
  })
  expect(await typedIn(state, address, 'practice', at.ids.uuid())).toBeUndefined()
  expect(await typedIn(state, address)).toMatchObject({ ok: true })
  expect(await typedIn(state, address)).toBeUndefined()
})

test('the password stands nowhere in the database, and nothing of it in what a page is told', async () => {
  await connected('full', 'sealed@post.practice.example')
  const rows = await at.inside(async (tx) => {
    const { rows: grants } = await sql<{
      row: string
    }>`select row_to_json(oauth_grant)::text as row from oauth_grant`.execute(tx)
    const { rows: wishes } = await sql<{
      row: string
    }>`select row_to_json(consent_request)::text as row from consent_request`.execute(tx)
    return [...grants, ...wishes].map(({ row }) => row)
  })
  expect(rows.filter((row) => /"password"|smtp\.post/.test(row))).toEqual([])
})

test('a changed password breaks the grant at the first call, and a new sign-in of the same mailbox mends it', async () => {
  const address = 'again@post.practice.example'
  const id = (await connected('full', address))?.mailboxId ?? ''
  await practice.control('/grants/end', { mailbox: address })
  const opened = await mailboxes.open(at.workspaceId, id, 'pull')
  if (opened.ok) await opened.value.changesSince(undefined, signal)
  const broken = await at.inside((tx) => mailboxById(tx, id))
  const state = await begun('full', { id, address })
  expect(await typedIn(state, address)).toMatchObject({ ok: false, complaint: { verdict: 'login_refused' } })
  const { password } = (await practice.control('/passwords', { mailbox: address, password: 'fresh' })) as {
    password: string
  }
  expect(await typedIn(state, address, password)).toMatchObject({ ok: true })
  const mended = await at.inside((tx) => mailboxById(tx, id))
  expect([broken?.health, broken?.healthReason, mended?.health]).toEqual([
    'reconnect_needed',
    'password_refused',
    'active',
  ])
})

test('servers that were typed by hand are not asked for again when the mailbox comes back', async () => {
  const address = 'hand@post.practice.example'
  await practice.account(address, 'Anna Keller')
  const smtp = { host: 'smtp.post.practice.example', port: 587, security: 'starttls' } as const
  const imap = { host: 'imap.post.practice.example', port: 143, security: 'starttls' } as const
  const user = 'Hand@post.practice.example'
  const typed = { address, name: 'Anna Keller', user, password: 'practice', smtp, imap }
  const wish = { workspaceId: at.workspaceId, personId: at.personId, state: await begun('full'), typed }
  const first = await mailboxes.signInByPassword(wish, signal)
  if (first?.ok !== true) throw new Error(JSON.stringify(first))
  const id = (await at.inside((tx) => outcomeOf(tx, first.handle, at.personId)))?.mailboxId ?? ''
  expect(await typedIn(await begun('full', { id, address }), address)).toMatchObject({ ok: true })
  const { rows } = await at.inside((tx) =>
    sql<{ refresh_token: string; id: string }>`
      select g.refresh_token, g.id from oauth_grant g join mailbox m on m.grant_id = g.id
      where m.id = ${id}`.execute(tx),
  )
  const kept = box.open(rows[0]?.refresh_token ?? '', `grant:${rows[0]?.id}`)
  expect(JSON.parse(kept)).toMatchObject({ smtp, imap, user })
})

test('a mailbox that comes back as another address is refused', async () => {
  const address = 'mine@post.practice.example'
  const id = (await connected('full', address))?.mailboxId ?? ''
  expect((await connected('full', 'other@post.practice.example', { id, address }))?.outcome).toBe(
    'other_account',
  )
})
