import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { OpenAPIHono, Env } from '../http-kit/index.ts'
import { asActor } from '../http-kit/index.ts'
import type { Actor, Role } from '../team/index.ts'
import { testDatabase } from '../testing/database.ts'
import { mailboxesGround } from '../testing/mailboxes-ground.ts'
import type { MailboxesGround } from '../testing/mailboxes-ground.ts'
import type { MailboxCapacity } from './routes-present.ts'

const { database } = await testDatabase()

const numbers: MailboxCapacity = { limit: 300, used: 123, usedElsewhere: 80, reserved: 20, waiting: 412 }

interface Page {
  readonly at: MailboxesGround
  /** Status and answer of a request by a person below the workspace. */
  ask(method: string, path: string, body?: unknown, as?: Partial<Actor>): Promise<[number, unknown]>
  readonly app: (as?: Partial<Actor>) => OpenAPIHono<Env>
}

async function page(seed: string, capacity: Partial<MailboxCapacity> = {}): Promise<Page> {
  const at = await mailboxesGround(database, { seed })
  const app = (as: Partial<Actor> = {}) =>
    asActor(
      {
        personId: at.personId,
        name: 'Anna Keller',
        role: 'owner',
        workspaceId: at.workspaceId,
        language: 'en',
        ...as,
      },
      at.routes({
        capacities: async (_tx, ids) => new Map(ids.map((id) => [id, { ...numbers, ...capacity }])),
        signedIn: async (c) => c.req.header('x-person'),
      }),
    )
  return {
    at,
    app,
    async ask(method, path, body, as) {
      const answer = await app(as).request(`/workspaces/${at.workspaceId}${path}`, {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      })
      return [answer.status, await answer.json()]
    },
  }
}

async function colleague(at: MailboxesGround, role: Role): Promise<Partial<Actor>> {
  const personId = at.ids.uuid()
  const address = `${personId}@atelier-nord.example`
  await at.inside(async (tx) => {
    await sql`insert into person (id, name, address, address_key)
      values (${personId}, 'Ben Ito', ${address}, ${address})`.execute(tx)
    await sql`insert into membership (workspace_id, person_id, role)
      values (${at.workspaceId}, ${personId}, ${role})`.execute(tx)
  })
  return { personId, role, name: 'Ben Ito' }
}

const code = ([status, answer]: [number, unknown]) => [status, (answer as { code?: string }).code]

test('a practice workspace is offered practice endpoints only', async () => {
  const { ask } = await page('endpoints')
  const shared = { provider: 'gmail', label: 'Memory', products: 'Memory', practice: true, domains: [] }
  expect(await ask('GET', '/endpoints')).toEqual([
    200,
    {
      rows: [
        { key: 'memory', configured: true, mayNeedAdmin: true, byPassword: false, ...shared },
        { key: 'unconfigured', configured: false, mayNeedAdmin: false, byPassword: false, ...shared },
      ],
    },
  ])
})

test('a mailbox is connected from the page to the provider and back to the page', async () => {
  const { at, ask, app } = await page('whole-way')
  at.outside.account('anna@whole-way.example', 'Anna Keller')
  const [status, begun] = await ask('POST', '/mailboxes/connect', { endpoint: 'memory', level: 'full' })
  expect(status).toBe(200)
  const { authorizeUrl } = begun as { authorizeUrl: string }
  const back = new URL(at.outside.consent(authorizeUrl, { account: 'anna@whole-way.example' }))
  const path = `/oauth/callback${back.search}`
  const unknown = await app().request(path)
  expect([unknown.status, unknown.headers.get('location')]).toEqual([
    302,
    '/settings/integrations?outcome=unknown',
  ])
  const answer = await app().request(path, { headers: { 'x-person': at.personId } })
  const handle = new URL(answer.headers.get('location') ?? '', 'https://kontor.example').searchParams.get(
    'outcome',
  )
  expect(handle).toMatch(new RegExp(`^${at.workspaceId}\\.[0-9a-f-]{36}$`))
  const mailboxId = at.emitted[0]?.subject
  expect(await ask('GET', `/connect-outcomes/${handle}`)).toEqual([
    200,
    {
      outcome: 'connected',
      mailboxId,
      address: 'anna@whole-way.example',
      level: 'full',
      endpoint: 'memory',
    },
  ])
  expect(await ask('GET', '/mailboxes')).toEqual([
    200,
    {
      rows: [
        {
          id: mailboxId,
          address: 'anna@whole-way.example',
          endpoint: 'memory',
          provider: 'gmail',
          level: 'full',
          place: 'own',
          ownerId: at.personId,
          ownerName: 'Anna Keller',
          isDefault: true,
          maySend: true,
          maySteer: true,
          displayName: 'Anna Keller',
          signature: '',
          signatureHtml: '',
          sharing: 'team',
          namedMembers: [],
          health: 'active',
          mayShare: true,
          findsChangedSubjects: false,
          zone: 'Europe/Berlin',
          dailyLimit: 300,
          windowFrom: '08:00',
          windowTo: '20:00',
          windowDays: [1, 2, 3, 4, 5, 6, 7],
          paceSeconds: 3,
          reserve: 20,
          capacity: numbers,
        },
      ],
    },
  ])
})

test('connecting in the wrong world is a conflict', async () => {
  const { ask } = await page('wrong-world')
  const wish = { endpoint: 'real', level: 'full' }
  expect(code(await ask('POST', '/mailboxes/connect', wish))).toEqual([409, 'mode_mismatch'])
  expect(code(await ask('POST', '/mailboxes/connect', wish, { role: 'viewer' }))).toEqual([403, 'forbidden'])
})

test('a mailbox that the provider told to wait is throttled until then', async () => {
  const throttledUntil = Temporal.Instant.from('2026-01-05T08:30:00Z')
  const { at, ask } = await page('throttled', { throttledUntil })
  const id = await at.connect('anna@throttled.example')
  const [, row] = await ask('GET', `/mailboxes/${id}`)
  expect(row).toMatchObject({
    health: 'throttled',
    throttledUntil: '2026-01-05T08:30:00Z',
    capacity: numbers,
  })
})

test('settings are changed whole or not at all, and the outbox hears of it', async () => {
  const { at, ask } = await page('settings')
  const id = await at.connect('anna@settings.example')
  const [status, changed] = await ask('PATCH', `/mailboxes/${id}`, {
    dailyLimit: 120,
    windowFrom: '09:30',
    windowDays: [1, 2, 3, 4, 5],
    zone: 'America/New_York',
    signature: 'Anna',
  })
  expect([status, changed]).toEqual([
    200,
    expect.objectContaining({
      dailyLimit: 120,
      windowFrom: '09:30',
      windowTo: '20:00',
      windowDays: [1, 2, 3, 4, 5],
      zone: 'America/New_York',
      signature: 'Anna',
      displayName: 'Anna Keller',
    }),
  ])
  expect([at.synced, at.emitted.at(-1)?.type]).toEqual([[id, id], 'mailbox.changed'])
  const broken = await ask('PATCH', `/mailboxes/${id}`, {
    dailyLimit: 10,
    zone: 'Mars/Base',
    windowTo: '25:00',
  })
  expect(code(broken)).toEqual([400, 'invalid'])
  const [, refused] = await ask('PATCH', `/mailboxes/${id}`, { dailyLimit: 10, zone: 'Mars/Base' })
  expect((refused as { fields: { path: string }[] }).fields.map((field) => field.path)).toEqual([
    'zone',
    'reserve',
  ])
  expect(code(await ask('PATCH', `/mailboxes/${id}`, { dailyLimit: 301 }))).toEqual([400, 'invalid'])
  const [, after] = await ask('GET', `/mailboxes/${id}`)
  expect(after).toEqual(changed)
})

test('who sees and sends is decided by the owner of the mailbox, limits also by an admin', async () => {
  const { at, ask } = await page('sharing')
  const id = await at.connect('anna@sharing.example')
  const admin = await colleague(at, 'admin')
  const member = await colleague(at, 'member')
  expect((await ask('PATCH', `/mailboxes/${id}`, { dailyLimit: 100 }, admin))[0]).toBe(200)
  expect(code(await ask('PATCH', `/mailboxes/${id}`, { sharing: 'named' }, admin))).toEqual([
    403,
    'forbidden',
  ])
  expect(code(await ask('PATCH', `/mailboxes/${id}`, { dailyLimit: 90 }, member))).toEqual([403, 'forbidden'])
})

test('a default is a choice among the mailboxes that one may send from, and is lost with that right', async () => {
  const { at, ask } = await page('default')
  const id = await at.connect('anna@default.example')
  const member = await colleague(at, 'member')
  const isDefault = async () => {
    const [, row] = await ask('GET', `/mailboxes/${id}`, undefined, member)
    return (row as { isDefault: boolean }).isDefault
  }
  expect(await isDefault()).toBe(false)
  expect(await ask('PUT', '/default-mailbox', { mailboxId: id }, member)).toEqual([200, { ok: true }])
  expect(await isDefault()).toBe(true)
  await ask('PATCH', `/mailboxes/${id}`, { sharing: 'team_sees' })
  expect(await isDefault()).toBe(false)
  expect(code(await ask('PUT', '/default-mailbox', { mailboxId: id }, member))).toEqual([403, 'may_not_send'])
})

test('a pause is a wish that holds the outbox until it is taken back', async () => {
  const { at, ask } = await page('pause')
  const id = await at.connect('anna@pause.example')
  const health = async (path: string) => {
    const [, row] = await ask('POST', `/mailboxes/${id}/${path}`)
    return (row as { health: string }).health
  }
  expect([await health('pause'), await health('pause'), await health('resume')]).toEqual([
    'paused',
    'paused',
    'active',
  ])
  expect(at.emitted.map((event) => event.type)).toEqual([
    'mailbox.connected',
    'mailbox.paused',
    'mailbox.resumed',
  ])
  expect(at.synced).toEqual([id, id, id])
})

test('a lower level gives the wide grant back before it asks for the narrow one', async () => {
  const { at, ask } = await page('level')
  const id = await at.connect('anna@level.example')
  expect(code(await ask('POST', `/mailboxes/${id}/level`, { level: 'full' }))).toEqual([409, 'level_same'])
  const [status, begun] = await ask('POST', `/mailboxes/${id}/level`, { level: 'send_only' })
  expect([
    status,
    new URL((begun as { authorizeUrl: string }).authorizeUrl).searchParams.get('level'),
  ]).toEqual([200, 'send_only'])
  const [, row] = await ask('GET', `/mailboxes/${id}`)
  expect(row).toMatchObject({ level: 'send_only', health: 'reconnect_needed', healthReason: 'level_change' })
  const { rows } = await at.inside((tx) =>
    sql`select state, access_token, refresh_token from oauth_grant where workspace_id = ${at.workspaceId}`.execute(
      tx,
    ),
  )
  expect(rows).toEqual([{ state: 'revoked', access_token: null, refresh_token: null }])
})

test('disconnecting tells what happens to the queue and the stored mail, and leaves no default', async () => {
  const { at, ask } = await page('disconnect')
  const id = await at.connect('anna@disconnect.example')
  const other = await at.connect('second@disconnect.example')
  const wish = { queue: 'reassign', reassignTo: id, stored: 'erase' }
  expect(code(await ask('POST', `/mailboxes/${id}/disconnect`, wish))).toEqual([400, 'invalid'])
  expect(await ask('POST', `/mailboxes/${id}/disconnect`, { ...wish, reassignTo: other })).toEqual([
    200,
    { queued: 412, revoked: true, erased: 0 },
  ])
  const about = { workspaceId: at.workspaceId, subject: id }
  expect(at.emitted.slice(-2)).toEqual([
    {
      ...about,
      type: 'mailbox.disconnected',
      payload: {
        mailboxId: id,
        address: 'anna@disconnect.example',
        ownerId: at.personId,
        actorId: at.personId,
        queue: 'reassign',
        reassignTo: other,
        stored: 'erase',
      },
    },
    {
      ...about,
      type: 'mailbox.permission_ended',
      payload: { mailboxId: id, end: 'revoked', endsOthers: false },
    },
  ])
  const [, left] = await ask('GET', '/mailboxes')
  expect(
    (left as { rows: { id: string; isDefault: boolean }[] }).rows.map((row) => [row.id, row.isDefault]),
  ).toEqual([[other, false]])
  expect(code(await ask('POST', `/mailboxes/${id}/disconnect`, wish))).toEqual([404, 'not_found'])
})

test('the access log is read in pages and verified by the owner, not by others', async () => {
  const { at, ask } = await page('ledger')
  const id = await at.connect('anna@ledger.example')
  const opened = await at.mailboxes.open(at.workspaceId, id, 'identities')
  if (opened.ok) await opened.value.identity(new AbortController().signal)
  const first = await ask('GET', `/mailboxes/${id}/ledger?limit=1`)
  const entry = {
    at: '2026-01-05T08:00:00Z',
    call: 'identity',
    purpose: 'identities',
    depth: 'nothing',
    touched: 0,
    times: 1,
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
  }
  expect(first).toEqual([
    200,
    { rows: [{ seq: 3, phase: 'after', outcome: 'ok', ...entry }], next: expect.any(String) },
  ])
  const { next } = first[1] as { next: string }
  expect(await ask('GET', `/mailboxes/${id}/ledger?limit=1&cursor=${next}`)).toEqual([
    200,
    { rows: [{ seq: 2, phase: 'before', ...entry }], next: expect.any(String) },
  ])
  expect(await ask('GET', `/mailboxes/${id}/ledger/check`)).toEqual([200, { ok: true, entries: 3 }])
  const member = await colleague(at, 'member')
  expect(code(await ask('GET', `/mailboxes/${id}/ledger`, undefined, member))).toEqual([403, 'forbidden'])
})
