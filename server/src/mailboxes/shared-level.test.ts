import { expect, test } from 'vitest'
import { testDatabase } from '../testing/database.ts'
import type { Office } from './shared-office.fixture.ts'
import { office } from './shared-office.fixture.ts'
import { outcomeOf } from './store-consent.ts'
import { claimWatch, forgetWatch, keepWatch } from './store-watch.ts'
import { watchSecretHash } from './push.ts'

const { database } = await testDatabase()
const { signal } = new AbortController()

/** Lets the provider tell of new mail in a mailbox. */
async function watched({ at, open }: Office, which: string): Promise<void> {
  const urls = { notifyUrl: 'https://kontor.example/n', lifecycleUrl: 'https://kontor.example/l' }
  const watch = await (await open(which)).watch({ ...urls, secret: 's' }, signal)
  if (!watch.ok || watch.value === undefined) throw new Error('nothing is watched')
  const { until, handle } = watch.value
  await at.inside(async (tx) => {
    await claimWatch(tx, { workspaceId: at.workspaceId, mailboxId: which }, 'memory', 60)
    await keepWatch(tx, which, { handle, until, renewAt: until }, watchSecretHash('s'))
  })
}

const told = ({ at, ask }: Office, which: string, body: object) => {
  const before = at.emitted.length
  return { answer: ask('POST', `${which}/level`, body), events: () => at.emitted.slice(before) }
}

test('with sending alone allowed for shared mailboxes, one is added with Send Only beside an account with Full Access', async () => {
  const world = await office(database, { allowed: false })
  await world.allow('send_only')
  const full = await world.add(world.hello, 'full')
  const one = await world.added('send_only')
  const [shared, own] = [await world.mailbox(one), await world.mailbox(world.id)]
  expect([full['code'], shared?.level, own?.level, (await world.grant())?.shared]).toEqual([
    'shared_consent_missing',
    'send_only',
    'full',
    'send_only',
  ])
  const looked = await (await world.open(one)).changesSince(undefined, signal)
  expect(looked).toMatchObject({ ok: false, failure: { kind: 'scope_missing' } })
})

test('a person who may not read shared mailboxes is told that reading is what was missing', async () => {
  const { at, id, ask, comeBack, hello } = await office(database, { allowed: false })
  const wish = { address: hello, name: 'Nordlicht', level: 'full' }
  const { authorizeUrl } = await ask('POST', `${id}/shared-consent`, wish)
  const back = await comeBack(authorizeUrl, { shared: 'send_only' })
  const outcome = await at.inside((tx) => outcomeOf(tx, back?.handle ?? '', at.personId))
  expect(outcome).toMatchObject({ outcome: 'partial', missing: ['shared_read'], mailboxId: id })
})

test('whoever comes back from the provider finds the sender name and the level as they were typed', async () => {
  const { at, id, ask, comeBack, hello } = await office(database, { allowed: false })
  const wish = { address: hello, name: 'Team Nordlicht', level: 'send_only' }
  const { authorizeUrl } = await ask('POST', `${id}/shared-consent`, wish)
  const back = await comeBack(authorizeUrl)
  const outcome = await at.inside((tx) => outcomeOf(tx, back?.handle ?? '', at.personId))
  const sharedLevel = 'send_only'
  expect(outcome).toMatchObject({ sharedAddress: hello, sharedName: 'Team Nordlicht', sharedLevel })
})

test('of an account with Send Only Access a shared mailbox is never read', async () => {
  const { added, mailbox, ask } = await office(database, { level: 'send_only' })
  const one = await added('full')
  const raised = await ask('POST', `${one}/level`, { level: 'full' })
  expect([(await mailbox(one))?.level, raised['code']]).toEqual(['send_only', 'shared_account_narrower'])
})

test('it becomes Send Only by itself, without the provider: what was stored is decided, and it is told of nothing more', async () => {
  const world = await office(database)
  const one = await world.added()
  await watched(world, one)
  const change = told(world, one, { level: 'send_only', stored: 'erase' })
  expect(await change.answer).toEqual({})
  expect(change.events().map(({ type, payload }) => [type, payload['stored']])).toEqual([
    ['mailbox.narrowed', 'erase'],
  ])
  expect([
    (await world.mailbox(one))?.level,
    await world.standing(one),
    (await world.mailbox(world.id))?.level,
    world.at.outside.watched(world.hello),
  ]).toEqual(['send_only', 'active', 'full', undefined])
})

test('it becomes Full Access again once its inbox could be opened, and earlier replies are looked for', async () => {
  const world = await office(database)
  const one = await world.added('send_only')
  world.at.outside.share(world.hello, world.anna, { read: false, sendAs: true })
  const refused = await world.ask('POST', `${one}/level`, { level: 'full' })
  expect([refused['code'], await world.standing(one)]).toEqual(['shared_unreadable', 'active'])
  world.at.outside.share(world.hello, world.anna, { read: true, sendAs: true })
  const change = told(world, one, { level: 'full', fetchEarlier: true })
  expect(await change.answer).toEqual({})
  expect([(await world.mailbox(one))?.level, change.events().map(({ payload }) => payload)]).toEqual([
    'full',
    [
      {
        mailboxId: one,
        address: world.hello,
        ownerId: world.at.personId,
        level: 'full',
        levelBefore: 'send_only',
        fetchEarlier: true,
      },
    ],
  ])
})

test('where only sending was allowed, becoming Full Access asks at the provider, for this mailbox alone', async () => {
  const world = await office(database, { allowed: false })
  await world.allow('send_only')
  const one = await world.added('send_only')
  await world.comeBack((await world.ask('POST', `${one}/level`, { level: 'full' }))['authorizeUrl'])
  const [shared, own] = [await world.mailbox(one), await world.mailbox(world.id)]
  expect([shared?.level, own?.level, (await world.grant())?.shared]).toEqual(['full', 'full', 'full'])
})

test('signing in again for either leaves both levels as they were', async () => {
  const world = await office(database)
  const one = await world.added('send_only')
  for (const which of [one, world.id])
    await world.comeBack((await world.ask('POST', `${which}/reconnect`))['authorizeUrl'])
  expect([(await world.mailbox(one))?.level, (await world.mailbox(world.id))?.level]).toEqual([
    'send_only',
    'full',
  ])
})

test('an account that becomes Send Only takes its shared mailboxes along, and what was Send Only before is not narrowed again', async () => {
  const world = await office(database)
  const { at, anna, id, ask, mailbox, standing } = world
  const press = `press@${anna.split('@')[1]}`
  at.outside.account(press, '')
  at.outside.share(press, anna, { read: true, sendAs: true })
  const one = await world.added('full')
  const other = String((await world.add(press, 'send_only'))['mailboxId'])
  const change = told(world, id, { level: 'send_only' })
  const { authorizeUrl } = await change.answer
  const narrowed = change.events().filter(({ type }) => type === 'mailbox.narrowed')
  expect(new Set(narrowed.map(({ subject }) => subject))).toEqual(new Set([id, one]))
  expect([await standing(one), await standing(other)]).toEqual(
    Array(2).fill('reconnect_needed: level_change'),
  )
  // whichever of them is taken to sign in again
  const again = await ask('POST', `${one}/reconnect`)
  expect(new URL(String(again['authorizeUrl'])).searchParams.get('level')).toBe('send_only')
  await world.comeBack(authorizeUrl)
  const levels = await Promise.all([id, one, other].map(async (each) => (await mailbox(each))?.level))
  expect([levels, await standing(one), await standing(other)]).toEqual([
    Array(3).fill('send_only'),
    'active',
    'active',
  ])
})

const leave = { queue: 'hold', stored: 'keep' } as const

test('a shared mailbox that is disconnected is not watched any more, and the account goes on being watched', async () => {
  const world = await office(database)
  const one = await world.added()
  await watched(world, world.id)
  await watched(world, one)
  await world.ask('POST', `${one}/disconnect`, leave)
  expect([
    world.at.outside.watched(world.hello),
    world.at.outside.watched(world.anna) !== undefined,
    await world.at.inside((tx) => forgetWatch(tx, one)),
  ]).toEqual([undefined, true, undefined])
})

test('the account’s own mailbox that is disconnected first is not watched any more either', async () => {
  const world = await office(database)
  const one = await world.added()
  await watched(world, world.id)
  await watched(world, one)
  await world.ask('POST', `${world.id}/disconnect`, leave)
  expect([world.at.outside.watched(world.anna), world.at.outside.watched(world.hello) !== undefined]).toEqual(
    [undefined, true],
  )
})

test('when the grant is given back nothing that lives on it is watched any more', async () => {
  const world = await office(database)
  const one = await world.added()
  await watched(world, world.id)
  await watched(world, one)
  await world.ask('POST', `${world.id}/level`, { level: 'send_only' })
  expect([world.at.outside.watched(world.anna), world.at.outside.watched(world.hello)]).toEqual([
    undefined,
    undefined,
  ])
})

test('what an organisation allows beyond what was asked for is not asked for with later tokens', async () => {
  const world = await office(database, { allowed: false })
  const wish = { address: world.hello, name: '', level: 'send_only' }
  const { authorizeUrl } = await world.ask('POST', `${world.id}/shared-consent`, wish)
  await world.comeBack(authorizeUrl, { shared: 'full' })
  expect((await world.grant())?.shared).toBe('send_only')
})
