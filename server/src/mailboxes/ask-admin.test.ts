import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Env, OpenAPIHono } from '../http-kit/index.ts'
import { asActor } from '../http-kit/index.ts'
import { testDatabase } from '../testing/database.ts'
import { mailboxesGround } from '../testing/mailboxes-ground.ts'
import type { MailboxesGround } from '../testing/mailboxes-ground.ts'
import { mailboxById, setBroken } from './store.ts'

const { database } = await testDatabase()

const Requests = z.object({
  rows: z.array(
    z.object({
      id: z.string(),
      mailboxId: z.string().optional(),
      address: z.string().optional(),
      answer: z.string().optional(),
      sharing: z.string(),
      url: z.string(),
    }),
  ),
})

interface Desk {
  readonly at: MailboxesGround
  ask(method: string, path: string, body?: unknown, personId?: string): Promise<[number, unknown]>
  waiting(personId?: string): Promise<z.infer<typeof Requests>['rows']>
  /** The whole way to the provider and back; gives the outcome. */
  connect(
    answer: Parameters<MailboxesGround['outside']['consent']>[1],
    wish?: object,
  ): Promise<Record<string, unknown>>
  /** Somebody without an account opens an address of ours. */
  visit(address: string): Promise<string | null>
}

async function desk(seed: string): Promise<Desk> {
  const at = await mailboxesGround(database, { seed })
  const appOf = (personId: string): OpenAPIHono<Env> =>
    asActor(
      { personId, name: 'Anna Keller', role: 'owner', workspaceId: at.workspaceId, language: 'en' },
      at.routes({
        signedIn: async (c) => c.req.header('x-person'),
      }),
    )
  const ask: Desk['ask'] = async (method, path, body, personId = at.personId) => {
    const answer = await appOf(personId).request(`/workspaces/${at.workspaceId}${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    return [answer.status, await answer.json()]
  }
  return {
    at,
    ask,
    async waiting(personId) {
      return Requests.parse((await ask('GET', '/admin-requests', undefined, personId))[1]).rows
    },
    async connect(answer, wish = {}) {
      const body = { endpoint: 'memory', level: 'full', ...wish }
      const [, begun] = await ask('POST', '/mailboxes/connect', body)
      const { authorizeUrl } = z.object({ authorizeUrl: z.string() }).parse(begun)
      const back = new URL(at.outside.consent(authorizeUrl, answer))
      const arrived = await appOf(at.personId).request(`/oauth/callback${back.search}`, {
        headers: { 'x-person': at.personId },
      })
      const handle = arrived.headers.get('location')?.split('outcome=')[1] ?? ''
      return (await ask('GET', `/connect-outcomes/${handle}`))[1] as Record<string, unknown>
    },
    async visit(address) {
      const answer = await appOf('').request(address.replace('https://kontor.example/api/v1', ''))
      return answer.headers.get('location')
    },
  }
}

/** Where the provider sends the admin's browser. */
function adminSays(link: string, answer: Readonly<Record<string, string>>): string {
  const asked = new URL(link).searchParams
  const back = new URL(asked.get('redirect_uri') ?? '')
  back.search = new URLSearchParams({ ...answer, state: asked.get('state') ?? '' }).toString()
  return back.href
}
const agreed = { admin_consent: 'True', tenant: 'tenant-1' }

test('who may not allow reading waits for an admin, with a link to pass on, and connects when the admin agreed', async () => {
  const { at, waiting, connect, visit } = await desk('waits')
  at.outside.account('anna@waits.example', 'Anna Keller')
  const blocked = await connect('admin_needed', { sharing: 'team_sees' })
  expect(blocked).toEqual({ outcome: 'admin_needed', level: 'full', endpoint: 'memory' })
  const [request, ...others] = await waiting()
  expect([request?.sharing, request?.answer, others]).toEqual(['team_sees', undefined, []])

  const told = await visit(adminSays(request?.url ?? '', agreed))
  expect(told).toBe('/admin-answer?answer=agreed')
  expect((await waiting())[0]?.answer).toBe('agreed')
  expect(at.emitted.map(({ type, payload }) => [type, payload['answer']])).toEqual([
    ['mailbox.admin_asked', undefined],
    ['mailbox.admin_answered', 'agreed'],
  ])

  const done = await connect({ account: 'anna@waits.example' })
  expect(done['outcome']).toBe('connected')
  expect(await waiting()).toEqual([])
})

test('a Send Only mailbox that is connected meanwhile does not end the waiting, and Full Access widens it', async () => {
  const { at, waiting, connect } = await desk('meanwhile')
  at.outside.account('anna@meanwhile.example', 'Anna Keller')
  await connect('admin_needed')
  const narrow = await connect({ account: 'anna@meanwhile.example' }, { level: 'send_only' })
  expect([narrow['outcome'], (await waiting()).length]).toEqual(['connected', 1])
  const wide = await connect({ account: 'anna@meanwhile.example' })
  expect([wide['mailboxId'], (await waiting()).length]).toEqual([narrow['mailboxId'], 0])
  const mailbox = await at.inside((tx) => mailboxById(tx, String(wide['mailboxId'])))
  expect([mailbox?.level, mailbox?.health]).toEqual(['full', 'active'])
})

test('asking again keeps the link, and forgets that an admin declined', async () => {
  const { waiting, connect, visit } = await desk('again')
  await connect('admin_needed')
  const link = (await waiting())[0]?.url ?? ''
  expect(await visit(adminSays(link, { error: 'access_denied' }))).toBe('/admin-answer?answer=declined')
  expect((await waiting())[0]?.answer).toBe('declined')
  await connect('admin_needed')
  expect((await waiting()).map(({ url, answer }) => [url, answer])).toEqual([[link, undefined]])
})

test('an admin can be asked before anybody signs in, and for a mailbox that is connected', async () => {
  const { at, ask, waiting, visit } = await desk('before')
  expect((await ask('POST', '/admin-requests', { endpoint: 'memory' }))[0]).toBe(200)
  const mailboxId = await at.connect('anna@before.example', 'send_only')
  const [status, request] = await ask('POST', '/admin-requests', { endpoint: 'memory', mailboxId })
  expect([status, request]).toEqual([
    200,
    expect.objectContaining({ mailboxId, address: 'anna@before.example', provider: 'gmail' }),
  ])
  expect((await waiting()).length).toBe(2)
  const [first] = await waiting()
  expect((await ask('DELETE', `/admin-requests/${first?.id}`))[0]).toBe(200)
  expect((await waiting()).map((one) => one.mailboxId)).toEqual([mailboxId])
  expect(await visit(adminSays(first?.url ?? '', agreed))).toBe('/admin-answer?answer=unknown')
})

test.each([
  ['an endpoint that is not set up', { endpoint: 'unconfigured' }, [409, 'no_admin_to_ask']],
  ['an endpoint of nowhere', { endpoint: 'nowhere' }, [409, 'no_admin_to_ask']],
  [
    'a mailbox of nowhere',
    { endpoint: 'memory', mailboxId: '0198d0c0-0000-7000-8000-000000000000' },
    [404, 'not_found'],
  ],
])('nobody is asked at %s', async (name, body, refused) => {
  const { ask } = await desk(name)
  const [status, answer] = await ask('POST', '/admin-requests', body)
  expect([status, (answer as { code?: string }).code]).toEqual(refused)
})

test('a request belongs to the person who made it', async () => {
  const { at, ask, waiting } = await desk('belongs')
  await ask('POST', '/admin-requests', { endpoint: 'memory' })
  const [request] = await waiting()
  const other = at.ids.uuid()
  expect(await waiting(other)).toEqual([])
  expect((await ask('DELETE', `/admin-requests/${request?.id}`, undefined, other))[0]).toBe(404)
})

test.each([
  ['a state of nobody', 'https://kontor.example/api/v1/oauth/callback?admin_consent=True&state=x'],
  ['no state', 'https://kontor.example/api/v1/oauth/callback?admin_consent=True'],
])('an answer with %s changes nothing', async (name, address) => {
  const { visit, connect, waiting } = await desk(name)
  await connect('admin_needed')
  expect(await visit(address)).toBe('/settings/integrations?outcome=unknown')
  expect((await waiting()).map(({ answer }) => answer)).toEqual([undefined])
})

test('a state of ours that nobody waits for any more is unknown, in another workspace too', async () => {
  const { at, visit } = await desk('unknown')
  const back = (workspaceId: string) =>
    `https://kontor.example/api/v1/oauth/callback?admin_consent=True&state=${workspaceId}.admin.${'a'.repeat(43)}`
  expect(await visit(back(at.workspaceId))).toBe('/admin-answer?answer=unknown')
  expect(await visit(back(at.ids.uuid()))).toBe('/admin-answer?answer=unknown')
})

test('a mailbox that waits because an admin took it back is mended by the next sign-in', async () => {
  const { at, ask, waiting, connect } = await desk('taken-back')
  const mailboxId = await at.connect('anna@taken-back.example')
  await at.inside((tx) => setBroken(tx, mailboxId, { health: 'waiting_for_admin', reason: 'admin_needed' }))
  await ask('POST', '/admin-requests', { endpoint: 'memory', mailboxId })
  expect((await connect({ account: 'anna@taken-back.example' }))['outcome']).toBe('connected')
  expect(await waiting()).toEqual([])
})
