import { expect, test } from 'vitest'
import { asActor } from '../http-kit/index.ts'
import { testDatabase } from '../testing/database.ts'
import { mailboxesGround } from '../testing/mailboxes-ground.ts'
import { mailboxById } from './store.ts'

const { database } = await testDatabase()
const { signal } = new AbortController()
let drawn = 0

/** Anna's account with the confirmed addresses press@ and desk@, connected at a level. */
async function page(level: 'full' | 'send_only' = 'full') {
  const domain = `address-${(drawn += 1)}.example`
  const anna = `anna@${domain}`
  const at = await mailboxesGround(database, { seed: domain })
  at.outside.account(anna, 'Anna Keller')
  for (const alias of ['press', 'desk']) at.outside.alias(anna, `${alias}@${domain}`, 'accepted')
  const id = await at.connect(anna, level)
  const actor = { personId: at.personId, role: 'owner', name: 'Anna Keller' } as const
  const asked = asActor({ ...actor, workspaceId: at.workspaceId, language: 'en' }, at.routes())
  async function ask(
    method: string,
    path: string,
    body?: object,
  ): Promise<[number, Record<string, unknown>]> {
    const answer = await asked.request(`/workspaces/${at.workspaceId}/mailboxes/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    return [answer.status, (await answer.json()) as Record<string, unknown>]
  }
  return {
    at,
    domain,
    anna,
    id,
    actor,
    ask,
    async add(alias: string): Promise<string> {
      const [, { mailboxId }] = await ask('POST', `${id}/addresses`, { address: `${alias}@${domain}` })
      return String(mailboxId)
    },
    mailbox: (which: string) => at.inside((tx) => mailboxById(tx, which)),
    async send(which: string, from: string) {
      const opened = await at.mailboxes.open(at.workspaceId, which, 'send')
      if (!opened.ok) return opened.failure.kind
      const raw = Buffer.from(`From: ${from}@${domain}\r\nTo: mia@people.example\r\nSubject: s\r\n\r\nHello`)
      const outcome = await opened.value.send(raw, undefined, signal)
      return outcome.ok ? 'sent' : outcome.failure.kind
    },
    async comeBack(which: string, account = anna) {
      const [, { authorizeUrl }] = await ask('POST', `${which}/reconnect`)
      const callbackUrl = at.outside.consent(String(authorizeUrl), { account })
      await at.mailboxes.comeBack({ personId: at.personId, callbackUrl }, signal)
    },
    disconnect: (which: string) =>
      at.mailboxes.disconnect(
        {
          workspaceId: at.workspaceId,
          mailboxId: which,
          actor,
          queue: 'hold',
          reassignTo: undefined,
          stored: 'keep',
        },
        signal,
      ),
  }
}
type Page = Awaited<ReturnType<typeof page>>
const standing = async ({ mailbox }: Page, ...ids: readonly string[]) =>
  await Promise.all(
    ids.map(async (id) => {
      const { health, healthReason } = (await mailbox(id)) ?? {}
      return healthReason === undefined ? health : `${health}: ${healthReason}`
    }),
  )

test('the account’s confirmed addresses are offered, with those that are connected marked', async () => {
  const { ask, add, id, domain } = await page()
  await add('press')
  expect(await ask('GET', `${id}/addresses`)).toEqual([
    200,
    {
      rows: [
        { address: `press@${domain}`, name: 'Anna Keller', connected: true },
        { address: `desk@${domain}`, name: 'Anna Keller', connected: false },
      ],
    },
  ])
})

test('an address that is added is a mailbox of its own on the same grant', async () => {
  const { add, mailbox, id, ask, anna, domain } = await page()
  const alias = await add('press')
  const [one, other] = [await mailbox(id), await mailbox(alias)]
  expect([other?.grantId, other?.place, other?.address, other?.dailyLimit, other?.displayName]).toEqual([
    one?.grantId,
    'alias',
    `press@${domain}`,
    300,
    'Anna Keller',
  ])
  const [, shown] = await ask('GET', alias)
  expect([shown['place'], shown['account'], shown['isDefault']]).toEqual(['alias', anna, false])
})

test('one that the account does not list, or that is connected, is refused', async () => {
  const { ask, add, id, domain } = await page()
  await add('press')
  const code = async (address: string) => (await ask('POST', `${id}/addresses`, { address }))[1]['code']
  expect([await code(`press@${domain}`), await code(`boss@${domain}`)]).toEqual([
    'address_connected',
    'address_not_offered',
  ])
})

test('with Send Only Access no addresses are offered and nobody is asked', async () => {
  const { ask, id, at } = await page('send_only')
  expect([(await ask('GET', `${id}/addresses`))[1]['code'], at.outside.calls]).toEqual([
    'addresses_unreadable',
    [],
  ])
})

test('others than the owner are not shown the addresses of an account', async () => {
  const { at, id } = await page()
  const routes = at.routes()
  const { workspaceId } = at
  const ben = { personId: at.ids.uuid(), role: 'admin', name: 'Ben', workspaceId, language: 'en' } as const
  const answer = await asActor(ben, routes).request(`/workspaces/${workspaceId}/mailboxes/${id}/addresses`)
  expect(answer.status).toBe(403)
})

test('a mail leaves from the address while the provider lists it', async () => {
  const { add, send, at, domain } = await page()
  const alias = await add('press')
  expect(await send(alias, 'press')).toBe('sent')
  const raw = Buffer.from(at.outside.messages(`anna@${domain}`).at(-1)?.raw ?? '').toString()
  expect(raw).toContain(`From: press@${domain}`)
})

test('once the provider does not list it any more nothing leaves, and the mailbox says why', async () => {
  const world = await page()
  const { at, add, send, anna, domain, id } = world
  const alias = await add('press')
  at.outside.alias(anna, `press@${domain}`, 'gone')
  expect(await send(alias, 'press')).toBe('sender_refused')
  expect([at.outside.sent, await standing(world, id, alias)]).toEqual([
    [],
    ['active', 'reconnect_needed: sender_refused'],
  ])
  expect(at.emitted.filter(({ type }) => type === 'mailbox.broken').map(({ subject }) => subject)).toEqual([
    alias,
  ])
})

test('asked before many mails are queued, a lost address is told, and goes on once it is listed again', async () => {
  const world = await page()
  const { at, add, ask, anna, domain } = world
  const alias = await add('press')
  const check = async () => (await ask('POST', `${alias}/check-sender`))[1]['sender']
  const said: unknown[] = [await check()]
  at.outside.alias(anna, `press@${domain}`, 'gone')
  said.push(await check(), ...(await standing(world, alias)))
  at.outside.alias(anna, `press@${domain}`, 'accepted')
  said.push(await check(), ...(await standing(world, alias)))
  expect(said).toEqual(['accepted', 'refused', 'reconnect_needed: sender_refused', 'accepted', 'active'])
})

test('a provider that cannot be asked changes nothing', async () => {
  const world = await page()
  const alias = await world.add('press')
  const effect = { kind: 'transient', diagnostic: '503' } as const
  world.at.outside.fault(world.anna, { call: 'identities', effect, times: 2 })
  const checked = await world.ask('POST', `${alias}/check-sender`)
  expect([checked[1]['sender'], await world.send(alias, 'press'), await standing(world, alias)]).toEqual([
    'unknown',
    'transient',
    ['active'],
  ])
})

test.each(['full', 'send_only'] as const)(
  'an account whose own address was refused as sender goes on once it is asked again, with %s',
  async (level) => {
    const world = await page(level)
    const { id, anna, at, send, ask } = world
    const effect = { kind: 'sender_refused', diagnostic: 'ErrorSendAsDenied' } as const
    at.outside.fault(anna, { call: 'send', effect })
    const said: unknown[] = [await send(id, 'anna'), ...(await standing(world, id))]
    said.push((await ask('POST', `${id}/check-sender`))[1]['sender'], ...(await standing(world, id)))
    expect(said).toEqual(['sender_refused', 'reconnect_needed: sender_refused', 'accepted', 'active'])
  },
)

test('a grant that ends stops all its addresses, and signing in once brings all of them back', async () => {
  const world = await page()
  const { at, add, id, anna, comeBack, send } = world
  const alias = await add('press')
  at.outside.endGrants(anna)
  await at.clock.step({ hours: 2 })
  await send(alias, 'press')
  expect(await standing(world, id, alias)).toEqual(['reconnect_needed: revoked', 'reconnect_needed: revoked'])
  await comeBack(alias)
  expect(await standing(world, id, alias)).toEqual(['active', 'active'])
})

test('an address comes back by signing in to its account, and by no other', async () => {
  const world = await page()
  const { at, add, comeBack, domain, mailbox, id } = world
  const alias = await add('press')
  at.outside.account(`ben@${domain}`, 'Ben Ito')
  const grant = (await mailbox(id))?.grantId
  await comeBack(alias, `ben@${domain}`)
  expect((await mailbox(alias))?.grantId).toBe(grant)
  expect(at.emitted.filter(({ type }) => type === 'mailbox.changed')).toEqual([])
})

test('disconnecting an address leaves the grant; the last one gives it back', async () => {
  const { add, disconnect, id } = await page()
  const alias = await add('press')
  expect(await disconnect(id)).toMatchObject({ ok: true, revoked: false })
  expect(await disconnect(alias)).toMatchObject({ ok: true, revoked: true })
})

test('an account whose own address was disconnected is connected again on the grant of its other addresses', async () => {
  const { add, disconnect, id, at, anna, mailbox } = await page()
  const alias = await add('press')
  await disconnect(id)
  const again = await at.connect(anna)
  expect((await mailbox(again))?.grantId).toBe((await mailbox(alias))?.grantId)
})

test('a smaller level stops every address of the grant, and one that cannot be looked up stays stopped', async () => {
  const world = await page()
  const { at, add, id, actor, comeBack } = world
  const alias = await add('press')
  const wish = {
    workspaceId: at.workspaceId,
    mailboxId: id,
    level: 'send_only',
    stored: 'keep',
    actor,
  } as const
  await at.mailboxes.giveBackWiderGrant(wish, signal)
  const ended = at.emitted.filter(({ type }) => type === 'mailbox.permission_ended')
  expect([await standing(world, id, alias), new Set(ended.map(({ subject }) => subject))]).toEqual([
    ['reconnect_needed: level_change', 'reconnect_needed: level_change'],
    new Set([id, alias]),
  ])
  await comeBack(id)
  expect(await standing(world, id, alias)).toEqual(['active', 'reconnect_needed: alias_needs_full'])
})

test('an address that is connected as another’s is not taken over by its own account', async () => {
  const { add, at, mailbox, domain, id } = await page()
  const alias = await add('press')
  at.outside.account(`press@${domain}`, 'Press')
  await at.connect(`press@${domain}`)
  expect((await mailbox(alias))?.grantId).toBe((await mailbox(id))?.grantId)
})
